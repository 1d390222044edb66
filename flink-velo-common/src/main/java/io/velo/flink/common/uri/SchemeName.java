// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import java.util.Locale;

/** The name before {@code ://}: a letter, then letters, digits, {@code + - .}. */
final class SchemeName {

    static final String SEPARATOR = "://";

    private static final int MAX_LENGTH = 64;

    /** Names met all the time, by length: finding one costs less than copying it. */
    private static final String[][] FREQUENT = {
        {},
        {},
        {"s3", "gs"},
        {},
        {"file"},
        {"kafka", "redis", "azure", "delta"},
        {"rediss", "memory"},
        {"iceberg"},
        {"postgres"},
        {"mysql-cdc"},
        {"postgresql", "clickhouse"},
        {"clickhouses", "mongodb-cdc"},
        {"postgres-cdc"}
    };

    private SchemeName() {}

    /** The length of the scheme at the start of the text, or -1 if there is no {@code name://}. */
    static int length(String text) {
        int limit = Math.min(text.length(), MAX_LENGTH + 1);
        for (int i = 0; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > 0 && text.startsWith(SEPARATOR, i) ? i : -1;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return -1;
            }
        }
        return -1;
    }

    /** The scheme in lower case; the locale plays no part. */
    static String lowerCase(String text, int length) {
        if (length < FREQUENT.length) {
            for (String name : FREQUENT[length]) {
                if (text.startsWith(name)) {
                    return name;
                }
            }
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return text.substring(0, length).toLowerCase(Locale.ROOT);
            }
        }
        return text.substring(0, length);
    }
}
