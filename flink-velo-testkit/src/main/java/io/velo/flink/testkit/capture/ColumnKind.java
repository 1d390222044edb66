// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A kind of column in a random table: its types, random values, and how a query says a value. */
enum ColumnKind {
    INTEGER("int4", "INT", "%s::text"),
    LONG("int8", "BIGINT", "%s::text"),
    BOOLEAN("bool", "BOOLEAN", "%s::text"),
    DOUBLE("float8", "DOUBLE", "%s::text"),
    DECIMAL("numeric(12,2)", "DECIMAL(12,2)", "%s::text"),
    FREE_DECIMAL("numeric", "STRING", "%s::text"),
    DATE("date", "DATE", "%s::text"),
    TIMESTAMP("timestamp", "TIMESTAMP(6)", "to_char(%s, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
    INSTANT(
            "timestamptz",
            "TIMESTAMP_LTZ(6)",
            "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
    TEXT("text", "STRING", "%s"),
    /** Too large for its row, so that an UPDATE of other columns does not send it. */
    LARGE_TEXT("text", "STRING", "%s"),
    BYTES("bytea", "BYTES", "encode(%s, 'hex')"),
    UUID("uuid", "STRING", "%s::text"),
    JSON("jsonb", "STRING", "%s::text"),
    INTEGERS("int4[]", "ARRAY<INT>", "'{' || array_to_string(%s, ',', 'null') || '}'");

    private static final int LARGE_BYTES = 3_000;

    private final String postgres;
    private final String flink;
    private final String text;

    ColumnKind(String postgres, String flink, String text) {
        this.postgres = postgres;
        this.flink = flink;
        this.text = text;
    }

    String postgres() {
        return postgres;
    }

    String flink() {
        return flink;
    }

    /** The expression that gives a column's value as {@code ColumnText} would. */
    String asText(String column) {
        return text.formatted(column);
    }

    /** A random value as SQL, sometimes NULL. */
    String random(SplittableRandom random) {
        return random.nextInt(8) == 0 ? "NULL" : "'" + value(random) + "'::" + postgres;
    }

    private String value(SplittableRandom random) {
        return switch (this) {
            case INTEGER -> Integer.toString(random.nextInt());
            case LONG -> Long.toString(random.nextLong());
            case BOOLEAN -> Boolean.toString(random.nextBoolean());
            // Half of an odd number has one text in all languages.
            case DOUBLE -> random.nextInt(-9_999, 9_999) + ".5";
            case DECIMAL -> random.nextLong(-999_999, 999_999) + ".25";
            case FREE_DECIMAL -> random.nextLong() + "." + random.nextInt(1, 1_000_000) + "7";
            case DATE -> LocalDate.ofEpochDay(random.nextInt(-5_000, 30_000)).toString();
            case TIMESTAMP, INSTANT -> time(random);
            case TEXT -> "text 'äöü€𝄞\t\\ ".replace("'", "''") + random.nextInt();
            case LARGE_TEXT -> HexFormat.of().formatHex(bytes(random, LARGE_BYTES));
            case BYTES -> "\\x" + HexFormat.of().formatHex(bytes(random, random.nextInt(40)));
            case UUID -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case JSON -> "{\"n\": " + random.nextInt() + ", \"list\": [null, true, \"ö\"]}";
            case INTEGERS -> "{" + random.nextInt() + ",NULL," + random.nextInt() + "}";
        };
    }

    private static String time(SplittableRandom random) {
        long microseconds = random.nextLong(-100_000_000_000_000L, 4_000_000_000_000_000L);
        return Instant.EPOCH.plusNanos(microseconds * 1_000).toString();
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
