// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import java.util.Locale;

/** Reads the one name of a location scheme: a bucket, a container, a catalog; a file has none. */
final class LocationParser {

    private final ParseState state;
    private final String scheme;

    String authority = "";
    String rawAuthority = "";
    int end;

    LocationParser(ParseState state, String scheme) {
        this.state = state;
        this.scheme = scheme;
    }

    void parse() {
        int start = state.authorityStart();
        findEnd(start);
        boolean sound =
                (state.traits & CharacterClass.PERCENT) == 0 || state.escapesAreSound(start, end);
        if (sound && end > start) {
            String raw = state.text.substring(start, end);
            rawAuthority = PercentText.canonical(raw);
            authority = PercentText.decode(raw);
            state.respelled |= !rawAuthority.equals(raw);
            sound = scheme.equals("file") ? checkFile(raw) : checkName(authority);
        }
        state.soundAuthorityEnd = sound ? end : -1;
    }

    private void findEnd(int start) {
        String text = state.text;
        int i = start;
        for (int length = text.length(); i < length; i++) {
            char c = text.charAt(i);
            state.traits |= CharacterClass.traits(c);
            if (c == '/' || c == '?' && QueryParser.startsAt(text, i)) {
                break;
            }
            if (c == '$') {
                int close = CharacterClass.placeholderEnd(text, i, length);
                i = close < 0 ? i : close - 1;
                state.traits |= CharacterClass.PERCENT;
            }
        }
        end = i;
    }

    private boolean checkFile(String raw) {
        if (raw.toLowerCase(Locale.ROOT).equals("localhost")) {
            authority = "";
            rawAuthority = "";
            state.respelled = true;
            return true;
        }
        boolean shown = raw.length() <= 64 && UserInfo.isHostName(raw) && raw.indexOf('$') < 0;
        String sentence =
                shown
                        ? "A file URI names no host, but here '" + raw + "' stands as one."
                        : "A file URI names no host.";
        state.problem(
                sentence,
                "Write file:///"
                        + (shown ? raw : "directory")
                        + "/… for an absolute path: three slashes.");
        return false;
    }

    private boolean checkName(String name) {
        if (UserInfo.isHostName(name)) {
            return true;
        }
        state.problem(
                "The first part of a "
                        + scheme
                        + " URI is one name of letters, digits, hyphens, dots and underscores.",
                "Write no user, password, port or wildcard there: credentials are options of their"
                        + " own, a parameter is ?name=value.");
        return false;
    }
}
