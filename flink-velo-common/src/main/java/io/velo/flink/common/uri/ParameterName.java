// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/**
 * The folding that makes {@code batch_size}, {@code batch-size}, {@code batch.size} and {@code
 * batchSize} one name.
 */
public final class ParameterName {

    private ParameterName() {}

    /**
     * The canonical form of a name: lower case, words joined by one hyphen, such as {@code
     * batch-size}. A word starts after a dot, underscore or hyphen, at an upper-case letter that
     * follows a lower-case one or a digit, and at the last letter of a run of upper-case letters
     * that goes on in lower case ({@code maxURLLength} is {@code max-url-length}). Returns the
     * argument itself if it is canonical. Linear in the length of the name.
     */
    public static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean lower = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!lower && (c != '-' || i > 0 && name.charAt(i - 1) == '-')) {
                return foldFrom(name, i);
            }
        }
        return name;
    }

    /**
     * A number that equal names share and unequal ones seldom do.
     *
     * @param name folded, or such that folding keeps its length and only turns separators into
     *     hyphens
     */
    static int mark(String name) {
        int length = name.length();
        if (length == 0) {
            return 0;
        }
        int first = CharacterClass.foldedName(name.charAt(0));
        int middle = CharacterClass.foldedName(name.charAt(length >> 1));
        int last = CharacterClass.foldedName(name.charAt(length - 1));
        return length << 24 | first << 16 | middle << 8 | last;
    }

    private static String foldFrom(String name, int position) {
        StringBuilder folded = new StringBuilder(name.length() + 8).append(name, 0, position);
        for (int i = position; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' || c == '_' || c == '-') {
                appendHyphen(folded);
            } else if (Character.isUpperCase(c)) {
                if (startsWord(name, i)) {
                    appendHyphen(folded);
                }
                folded.append(Character.toLowerCase(c));
            } else {
                folded.append(c);
            }
        }
        return folded.toString();
    }

    private static void appendHyphen(StringBuilder folded) {
        int length = folded.length();
        if (length == 0 || folded.charAt(length - 1) != '-') {
            folded.append('-');
        }
    }

    private static boolean startsWord(String name, int upper) {
        if (upper == 0) {
            return false;
        }
        char before = name.charAt(upper - 1);
        if (Character.isLowerCase(before) || Character.isDigit(before)) {
            return true;
        }
        return Character.isUpperCase(before)
                && upper + 1 < name.length()
                && Character.isLowerCase(name.charAt(upper + 1));
    }
}
