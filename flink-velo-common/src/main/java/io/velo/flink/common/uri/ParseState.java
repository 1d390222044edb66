// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** What the parsers of the parts of one URI share: the text and what was found wrong with it. */
final class ParseState {

    static final int LONGEST_SHOWN_NAME = 64;

    final String text;
    final int schemeLength;
    final UriForm form;

    /** The union of the traits of all characters that were looked at. */
    int traits;

    /** Whether the text is a legal spelling but not the canonical one. */
    boolean respelled;

    /**
     * Where the authority ends, or -1 as long as it is unknown or when something is wrong in it.
     */
    int soundAuthorityEnd = -1;

    private List<Problem> problems;

    ParseState(String text, int schemeLength, UriForm form) {
        this.text = text;
        this.schemeLength = schemeLength;
        this.form = form;
    }

    int authorityStart() {
        return schemeLength + SchemeName.SEPARATOR.length();
    }

    void problem(String sentence, String remedy) {
        problem(ErrorCode.URI_SYNTAX, sentence, remedy);
    }

    void problem(ErrorCode code, String sentence, String remedy) {
        if (problems == null) {
            problems = new ArrayList<>();
        }
        problems.add(Problem.of(code, sentence).remedy(remedy));
    }

    boolean hasProblems() {
        return problems != null;
    }

    /** The problems, each with the redacted URI as its place. */
    List<Problem> problems() {
        String where = Redaction.ofUnparsed(this);
        return problems.stream().map(problem -> problem.at(where)).toList();
    }

    /** Reports the first broken escape between the positions; true if there is none. */
    boolean escapesAreSound(int from, int end) {
        int broken = PercentText.firstBroken(text, from, end);
        if (broken < 0) {
            return true;
        }
        problem(PercentText.brokenReason(text, broken, end), PercentText.REMEDY);
        return false;
    }

    /** Reports the first character of the whole text that must be escaped. */
    void checkCharacters() {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!CharacterClass.isLegal(codePoint)) {
                problem(
                        String.format(
                                "The character U+%04X at offset %d cannot stand in a URI.",
                                codePoint, i),
                        "Percent-encode its UTF-8 bytes, or remove it.");
                return;
            }
            i += Character.charCount(codePoint);
        }
    }

    /**
     * How a message may call the parameter between the positions: by its name, unless it could be a
     * piece of a password.
     */
    String shownName(int from, int end) {
        boolean harmless = end > from && end - from <= LONGEST_SHOWN_NAME;
        for (int i = from; harmless && i < end; i++) {
            harmless =
                    CharacterClass.foldedName(text.charAt(i)) > CharacterClass.ESCAPE
                            || CharacterClass.foldedName(text.charAt(i)) == CharacterClass.UPPER;
        }
        return harmless && !Redaction.mayHoldStrayPassword(this)
                ? "'" + text.substring(from, end) + "'"
                : "at offset " + from;
    }
}
