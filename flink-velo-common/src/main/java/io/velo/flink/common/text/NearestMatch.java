// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds what somebody probably meant: names within two edits (insert, delete, replace, swap of
 * neighbours), or with the same letters and digits once case, separators and order are left out.
 */
public final class NearestMatch {

    /** The most suggestions that are made. */
    public static final int MAX_SUGGESTIONS = 3;

    private static final int MAX_EDITS = 2;
    private static final int LONGEST = 128;

    private NearestMatch() {}

    /**
     * The nearest candidates, best first, at most {@value #MAX_SUGGESTIONS}; empty if none is near.
     */
    public static List<String> of(String wanted, Collection<String> candidates) {
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        String letters = sortedLetters(lower);
        List<Match> near = new ArrayList<>();
        for (String candidate : candidates) {
            if (candidate.length() > LONGEST) {
                continue;
            }
            String other = candidate.toLowerCase(Locale.ROOT);
            int edits = edits(lower, other);
            boolean sameLetters = !letters.isEmpty() && letters.equals(sortedLetters(other));
            // Two edits turn any two-letter word into any other: that is no similarity.
            if (sameLetters
                    || edits <= MAX_EDITS && edits < Math.min(lower.length(), other.length())) {
                near.add(new Match(candidate, edits));
            }
        }
        near.sort(Comparator.comparingInt(Match::edits).thenComparing(Match::name));
        return near.stream().map(Match::name).distinct().limit(MAX_SUGGESTIONS).toList();
    }

    /** {@code " Did you mean 'a', 'b' or 'c'?"} with a space in front, or an empty text. */
    public static String question(String wanted, Collection<String> candidates) {
        List<String> near = of(wanted, candidates);
        if (near.isEmpty()) {
            return "";
        }
        StringBuilder question = new StringBuilder(" Did you mean ");
        for (int i = 0; i < near.size(); i++) {
            String glue = i == 0 ? "" : i == near.size() - 1 ? " or " : ", ";
            question.append(glue).append('\'').append(near.get(i)).append('\'');
        }
        return question.append('?').toString();
    }

    /** Optimal string alignment distance, by rows; more than the limit is not counted out. */
    private static int edits(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MAX_EDITS) {
            return MAX_EDITS + 1;
        }
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                row[j] = least;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[other.length()];
    }

    private static String sortedLetters(String lower) {
        char[] letters =
                lower.codePoints()
                        .filter(Character::isLetterOrDigit)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    private record Match(String name, int edits) {}
}
