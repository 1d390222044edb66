// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.error.VeloException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A row that could not be read or written, and why. Immutable but for its arrays, which nobody
 * changes.
 *
 * @param stage where it failed
 * @param category why it failed, in one word
 * @param error why it failed, in a sentence; neither row data nor secrets belong into it
 * @param attempts how often it was tried
 * @param position where the row stands, such as "orders-0@4711" or "a.csv:17"; empty if nowhere
 * @param key the key's bytes as they came or would have gone, or null
 * @param value the row's bytes as they came, or the row as JSON, or null
 * @param headers what else is known of it
 */
public record BadRow(
        Stage stage,
        Category category,
        VeloException error,
        int attempts,
        String position,
        byte[] key,
        byte[] value,
        Map<String, String> headers) {

    /** Where a row may fail. */
    public enum Stage {
        /** Its bytes could not be read as a row. */
        DECODE,
        /** It has no form that the target takes. */
        ENCODE,
        /** The target rejected it. */
        WRITE
    }

    /** Why a row may fail. */
    public enum Category {
        /** The target could not take it at the time. */
        TRANSIENT,
        /** Its bytes are no row. */
        PARSING,
        /** A value is not allowed where it stands. */
        VALIDATION,
        /** The target will never take it. */
        PERMANENT
    }

    public BadRow {
        Objects.requireNonNull(stage);
        Objects.requireNonNull(category);
        Objects.requireNonNull(error);
        Objects.requireNonNull(position);
        headers = Map.copyOf(headers);
    }

    /** Bytes that are no row. */
    public static BadRow undecodable(VeloException error, String position, byte[] value) {
        return new BadRow(
                Stage.DECODE, Category.PARSING, error, 1, position, null, value, Map.of());
    }

    /** A row that has no form that the target takes. */
    public static BadRow unencodable(VeloException error, byte[] value) {
        return new BadRow(Stage.ENCODE, Category.VALIDATION, error, 1, "", null, value, Map.of());
    }

    /** A row that the target rejected. */
    public static BadRow rejected(VeloException error, byte[] value) {
        return new BadRow(Stage.WRITE, Category.PERMANENT, error, 1, "", null, value, Map.of());
    }

    /** The same row with its key. */
    public BadRow key(byte[] bytes) {
        return new BadRow(stage, category, error, attempts, position, bytes, value, headers);
    }

    /** The same row, with the reason in one word and the number of attempts. */
    public BadRow after(int number, Category reason) {
        return new BadRow(stage, reason, error, number, position, key, value, headers);
    }

    /** The same row with one more thing that is known of it. */
    public BadRow header(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, text);
        return new BadRow(stage, category, error, attempts, position, key, value, more);
    }
}
