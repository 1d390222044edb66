// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.apache.flink.types.Row;

/**
 * One dead letter: a row that a table could not read or write, as {@link
 * io.velo.flink.common.failure.DeadLetterTable} describes it. Immutable but for its arrays.
 *
 * @param id the same for the same row of the same run
 * @param failedAt when the row failed
 * @param role "source" or "sink"
 * @param category why, in one word
 * @param code why, as Velo's error code
 * @param message why, in a sentence
 * @param uri the failing table's URI, without secrets
 * @param table its name in Flink
 * @param position where the row stood, or empty
 * @param value the row's bytes, or null
 * @param headers a JSON object
 * @param format the format of the value
 */
public record DeadLetter(
        String id,
        Instant failedAt,
        String role,
        String category,
        String code,
        String message,
        String uri,
        String table,
        String position,
        byte[] value,
        String headers,
        String format) {

    private static final String DELETION = "\"row-kind\":\"-D\"";

    /** The letter in a row of the table of dead letters. */
    static DeadLetter of(Row row) {
        return new DeadLetter(
                text(row, "id"),
                (Instant) row.getField("failed_at"),
                text(row, "role"),
                text(row, "category"),
                text(row, "code"),
                text(row, "message"),
                text(row, "uri"),
                text(row, "table"),
                text(row, "position"),
                (byte[]) row.getField("value"),
                text(row, "headers"),
                text(row, "format"));
    }

    private static String text(Row row, String column) {
        Object value = row.getField(column);
        return value == null ? "" : value.toString();
    }

    /** Whether the row was to be deleted from the table. */
    public boolean isDeletion() {
        return headers.contains(DELETION);
    }

    /** The value as text, or in Base64 if it is none; empty if there is no value. */
    public String valueText() {
        if (value == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(value);
        }
    }
}
