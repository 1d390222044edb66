// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a URI from left to right, every character once. It never guesses and does no I/O; it goes
 * on after a problem, so that one exception names them all.
 */
final class UriParser {

    static final int MAX_BYTES = 8 * 1024;

    private static final int[] NO_MARKS = {};

    final ParseState state;
    final String scheme;
    private final boolean upperScheme;

    String user;
    Secret password;
    List<HostPort> hosts = List.of();
    String authority = "";
    String rawAuthority = "";
    int hostsStart;
    int pathStart;
    int queryStart;
    String path = "";
    String rawPath = "";
    List<Parameter> parameters = List.of();
    int[] marks = NO_MARKS;

    private UriParser(String text, int schemeLength, UriForm form) {
        scheme = SchemeName.lowerCase(text, schemeLength);
        upperScheme = !text.startsWith(scheme);
        state = new ParseState(text, schemeLength, form == null ? UriForm.of(scheme) : form);
    }

    /**
     * Parses a text; what is legal but not the canonical spelling is respelled and read again.
     *
     * @param form null for the form that the scheme is known to have
     */
    static VeloUri parse(String text, UriForm form) {
        UriParser parser = new UriParser(text, requireScheme(text), form);
        parser.run();
        if (parser.state.respelled) {
            String canonical = Spelling.canonical(parser);
            parser = new UriParser(canonical, parser.scheme.length(), parser.state.form);
            parser.run();
            if (parser.state.respelled) {
                throw new IllegalStateException("The canonical spelling is not stable.");
            }
        }
        return new VeloUri(parser);
    }

    /** The length of the scheme. */
    static int requireScheme(String text) {
        int length = SchemeName.length(text);
        if (length < 0) {
            throw Problem.of(ErrorCode.URI_SYNTAX, "The text does not start with a scheme and ://.")
                    .remedy("Write a URI such as kafka://host:9092/topic or file:///directory.")
                    .toException();
        }
        return length;
    }

    private void run() {
        String text = state.text;
        if (isTooLong(text)) {
            state.problem(
                    "The URI is longer than " + MAX_BYTES + " bytes.",
                    "Move parameters into WITH options or a config file.");
            throw new VeloException(state.problems());
        }
        readAuthority();
        readPath();
        if (queryStart + 1 < text.length()) {
            QueryParser query = new QueryParser(state);
            query.parse(queryStart + 1);
            parameters = query.parameters();
            marks = query.marks();
        } else {
            state.respelled |= queryStart < text.length();
        }
        if ((state.traits & (CharacterClass.ILLEGAL | CharacterClass.NON_ASCII)) != 0) {
            state.checkCharacters();
        }
        if (state.hasProblems()) {
            throw new VeloException(state.problems());
        }
        state.respelled |= upperScheme;
    }

    private static boolean isTooLong(String text) {
        return text.length() > MAX_BYTES
                || text.length() * 3 > MAX_BYTES
                        && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    private void readAuthority() {
        if (state.form == UriForm.SERVER) {
            AuthorityParser parser = new AuthorityParser(state);
            parser.parse();
            user = parser.user;
            password = parser.password;
            hosts = parser.hosts();
            hostsStart = parser.hostsStart;
            pathStart = parser.end;
        } else {
            LocationParser parser = new LocationParser(state, scheme);
            parser.parse();
            authority = parser.authority;
            rawAuthority = parser.rawAuthority;
            hostsStart = state.authorityStart();
            pathStart = parser.end;
        }
    }

    private void readPath() {
        String text = state.text;
        boolean globs = state.form == UriForm.LOCATION;
        int traits = 0;
        int i = pathStart;
        for (int length = text.length(); i < length; i++) {
            char c = text.charAt(i);
            if (c == '?' && (!globs || QueryParser.startsAt(text, i))) {
                break;
            }
            traits |= CharacterClass.traits(c);
        }
        queryStart = i;
        state.traits |= traits;
        if (i == pathStart) {
            return;
        }
        rawPath = text.substring(pathStart, i);
        path = rawPath;
        if ((traits & CharacterClass.PERCENT) != 0 && state.escapesAreSound(pathStart, i)) {
            path = PercentText.decode(rawPath);
            String canonical = PercentText.canonical(rawPath);
            state.respelled |= canonical != rawPath;
            rawPath = canonical;
        }
    }
}
