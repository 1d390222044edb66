// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints problems as text of bounded length, control characters escaped. */
final class ProblemText {

    private static final String CUT = "…";

    private ProblemText() {}

    /**
     * One block of lines per problem. When they do not all fit, each gets an equal share and the
     * number of those left out is said.
     */
    static String print(List<Problem> problems, int maxBytes) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("An exception needs at least one problem.");
        }
        StringBuilder all = new StringBuilder();
        for (Problem problem : problems) {
            append(all, problem);
        }
        if (utf8Length(all) <= maxBytes) {
            return all.toString();
        }
        return shortened(problems, maxBytes);
    }

    private static String shortened(List<Problem> problems, int maxBytes) {
        int shown = Math.min(problems.size(), 6);
        String tail =
                shown < problems.size() ? "\nand " + (problems.size() - shown) + " more." : "";
        int share = (maxBytes - utf8Length(tail)) / shown - 1;
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems.subList(0, shown)) {
            StringBuilder one = new StringBuilder();
            append(one, problem);
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(cut(one.toString(), share));
        }
        return text.append(tail).toString();
    }

    private static void append(StringBuilder text, Problem problem) {
        if (text.length() > 0) {
            text.append('\n');
        }
        text.append(problem.code().text()).append(": ").append(escape(problem.sentence()));
        if (!problem.where().isEmpty()) {
            text.append("\n  where: ").append(escape(problem.where()));
        }
        if (!problem.remedy().isEmpty()) {
            text.append("\n  do:    ").append(escape(problem.remedy()));
        }
    }

    /** Server messages and table names are hostile: no control character reaches a log raw. */
    private static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                escaped.append(String.format("\\u%04x", (int) c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String cut(String text, int maxBytes) {
        if (utf8Length(text) <= maxBytes) {
            return text;
        }
        int room = maxBytes - utf8Length(CUT);
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += utf8Length(Character.toString(codePoint));
            if (used > room) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end) + CUT;
    }

    private static int utf8Length(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
