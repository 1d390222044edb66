// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a query as texts, to be compared with that of another system. The order of the rows
 * does not count, because the queries leave ties open. Immutable, therefore thread-safe.
 *
 * @param rows the rows, each with the texts of its values; NULL is {@code null}
 */
public record TpchAnswer(List<List<String>> rows) {

    /** Systems give quotients and averages different numbers of digits, Flink at least six. */
    private static final BigDecimal ABSOLUTE = new BigDecimal("0.000001");

    /** For sums in floating point. */
    private static final BigDecimal RELATIVE = new BigDecimal("0.000000001");

    public TpchAnswer {
        rows = List.copyOf(rows);
    }

    /**
     * The first difference in words, or empty if the answers agree: the same rows, texts equal but
     * for blanks at the end, numbers as near as the digits of an average allow.
     */
    public Optional<String> differenceFrom(TpchAnswer other) {
        if (rows.size() != other.rows.size()) {
            return Optional.of(rows.size() + " rows instead of " + other.rows.size());
        }
        List<List<String>> mine = sorted(rows);
        List<List<String>> others = sorted(other.rows);
        for (int i = 0; i < mine.size(); i++) {
            if (!isSame(mine.get(i), others.get(i))) {
                return Optional.of("row " + mine.get(i) + " instead of " + others.get(i));
            }
        }
        return Optional.empty();
    }

    /** Sorted by texts and whole numbers first, which are the same everywhere. */
    private static List<List<String>> sorted(List<List<String>> rows) {
        List<List<String>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(TpchAnswer::exactPart).thenComparing(TpchAnswer::sum));
        return sorted;
    }

    private static String exactPart(List<String> row) {
        StringBuilder text = new StringBuilder();
        for (String value : row) {
            BigDecimal number = number(value);
            boolean whole = number != null && number.stripTrailingZeros().scale() <= 0;
            if (number == null || whole) {
                text.append(whole ? number.toBigInteger() : String.valueOf(value).stripTrailing());
            }
            text.append('|');
        }
        return text.toString();
    }

    private static BigDecimal sum(List<String> row) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String value : row) {
            BigDecimal number = number(value);
            sum = number == null ? sum : sum.add(number);
        }
        return sum;
    }

    private static boolean isSame(List<String> row, List<String> other) {
        if (row.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            if (!isSame(row.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String value, String other) {
        if (value == null || other == null) {
            return value == null && other == null;
        }
        BigDecimal number = number(value);
        BigDecimal otherNumber = number(other);
        if (number == null || otherNumber == null) {
            return value.stripTrailing().equals(other.stripTrailing());
        }
        BigDecimal tolerance = otherNumber.abs().multiply(RELATIVE, MathContext.DECIMAL64);
        return number.subtract(otherNumber).abs().compareTo(tolerance.max(ABSOLUTE)) <= 0;
    }

    private static BigDecimal number(String value) {
        if (value == null || value.isEmpty() || " +".indexOf(value.charAt(0)) >= 0) {
            return null;
        }
        try {
            return new BigDecimal(value.stripTrailing());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
