// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/** The spelling rules of what stands before the path of a server URI. */
final class UserInfo {

    static final String RESERVED_IN_USER = ":@/?";
    static final String RESERVED_IN_PASSWORD = "@/?";
    static final String RESERVED_IN_HOST = ":@/?,[]";

    private UserInfo() {}

    /**
     * Whether the decoded text can be a host: letters, digits, {@code - . _}, and references such
     * as <code>${env:VELO_HOST}</code>.
     */
    static boolean isHostName(String text) {
        if (text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.') {
                i++;
                continue;
            }
            int reference = c == '$' ? referenceEnd(text, i) : -1;
            if (reference > 0) {
                i = reference;
                continue;
            }
            int codePoint = text.codePointAt(i);
            if (!CharacterClass.isNamePart(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /** The end of <code>${kind:…}</code>, or -1 if the text there is none. */
    private static int referenceEnd(String text, int dollar) {
        int close = text.indexOf('}', dollar);
        int colon = text.indexOf(':', dollar);
        if (close < 0 || colon < dollar + 3 || colon > close || text.charAt(dollar + 1) != '{') {
            return -1;
        }
        for (int i = dollar + 2; i < colon; i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return -1;
            }
        }
        return close + 1;
    }
}
