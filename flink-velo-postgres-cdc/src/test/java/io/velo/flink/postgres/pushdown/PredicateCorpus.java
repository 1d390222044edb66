// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Conditions at random over the table of {@link PushDownITCase}, the same ones for a seed. */
final class PredicateCorpus {

    /** Columns with what they are compared with, in Flink SQL, which has no literal for NaN. */
    private static final String[][] LITERALS = {
        {"i", "0", "7", "-1", "2147483647"},
        {"l", "0", "9223372036854775807", "-9223372036854775808", "7"},
        {"f", "CAST(0 AS FLOAT)", "CAST(1.5 AS FLOAT)"},
        {"d", "0.0E0", "1.5E0", "-1.0E300"},
        {"n", "0.00", "1.50", "-1.5", "12345678.90", "1.501", "7"},
        {
            "s",
            "''",
            "'a'",
            "'A'",
            "'b '",
            "'ä'",
            "'z'",
            "'😀'",
            "U&'\\ffff'",
            "'it''s'",
            "'back\\slash'",
            "'per%cent'",
            "'under_score'"
        },
        {"v", "'a'", "'B'", "'ä'", "'x y'"},
        {"c", "'a'", "'a  '", "'b'"},
        {"ci", "'a'", "'A'", "'ä'"},
        {"u", "'00000000-0000-0000-0000-000000000001'", "'FFFFFFFF-0000-0000-0000-000000000001'"},
        {"e", "'sad'", "'ok'", "'none'"},
        {"dt", "DATE '2024-02-29'", "DATE '1969-12-31'", "DATE '9999-12-31'", "DATE '0001-01-01'"},
        {
            "ts",
            "TIMESTAMP '2024-03-31 02:30:00.123456'",
            "TIMESTAMP '1969-12-31 23:59:59.999999'",
            "TIMESTAMP '2024-03-31 02:30:00.1234567'"
        },
        {
            "tz",
            "CAST(TIMESTAMP '2024-10-27 02:30:00' AS TIMESTAMP_LTZ(6))",
            "CAST(TIMESTAMP '2024-03-31 02:30:00.123456' AS TIMESTAMP_LTZ(6))",
            "TO_TIMESTAMP_LTZ(0, 3)"
        },
        {"tm", "TIME '12:34:56'", "TIME '00:00:00'"}
    };

    private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">="};

    private static final String[] PATTERNS = {
        "'%'",
        "'a%'",
        "'%a'",
        "'%ä%'",
        "'_'",
        "'__'",
        "'%\\%'",
        "'per%cent'",
        "'under_score'",
        "'%\\_%'",
        "''",
        "'.*'",
        "'%''%'"
    };

    private final Random random;

    PredicateCorpus(long seed) {
        this.random = new Random(seed);
    }

    List<String> predicates(int count) {
        List<String> predicates = new ArrayList<>();
        // Every comparison once, so that chance leaves out none.
        for (String[] column : LITERALS) {
            for (int i = 1; i < column.length; i++) {
                predicates.add(column[0] + " " + pick(COMPARISONS) + " " + column[i]);
            }
            predicates.add(column[0] + " IS NULL");
        }
        for (String pattern : PATTERNS) {
            predicates.add((random.nextBoolean() ? "s" : "ci") + " LIKE " + pattern);
        }
        while (predicates.size() < count) {
            predicates.add(predicate(3));
        }
        return predicates;
    }

    private String predicate(int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        return switch (kind) {
            case 0 -> "s LIKE " + pick(PATTERNS);
            case 1 -> "b";
            case 2 -> pick(LITERALS)[0] + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 3 -> pair();
            case 6 -> "NOT (" + predicate(depth - 1) + ")";
            case 7 -> "(" + predicate(depth - 1) + ") OR (" + predicate(depth - 1) + ")";
            case 8 -> "(" + predicate(depth - 1) + ") AND (" + predicate(depth - 1) + ")";
            case 9 -> list();
            default -> comparison();
        };
    }

    private String comparison() {
        String[] column = pick(LITERALS);
        String literal = column[1 + random.nextInt(column.length - 1)];
        return random.nextInt(4) == 0
                ? literal + " " + pick(COMPARISONS) + " " + column[0]
                : column[0] + " " + pick(COMPARISONS) + " " + literal;
    }

    private String list() {
        String[] column = pick(LITERALS);
        List<String> values = new ArrayList<>(List.of(column).subList(1, column.length));
        return column[0]
                + (random.nextBoolean() ? " IN (" : " NOT IN (")
                + String.join(", ", values)
                + ")";
    }

    private String pair() {
        String[] pairs = {"i", "l", "s", "v", "s", "ci", "d", "d2", "dt", "dt2", "n", "n2"};
        int at = random.nextInt(pairs.length / 2) * 2;
        return pairs[at] + " " + pick(COMPARISONS) + " " + pairs[at + 1];
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
