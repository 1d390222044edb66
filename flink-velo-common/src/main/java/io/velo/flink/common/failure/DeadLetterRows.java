// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Turns bad rows into rows of {@link DeadLetterTable}. Immutable, therefore thread-safe. */
final class DeadLetterRows {

    /** Header of a key that was cut: its whole length in bytes. */
    static final String KEY_LENGTH = "velo-key-bytes";

    /** Header of a value that was cut: its whole length in bytes. */
    static final String VALUE_LENGTH = "velo-value-bytes";

    private final DeadLetterOrigin origin;
    private final String job;
    private final boolean payload;
    private final int longest;
    private final Clock clock;

    /**
     * Rows of one table.
     *
     * @param job the name of the job
     * @param plan says how much of the payload they hold
     */
    DeadLetterRows(DeadLetterOrigin origin, String job, DeadLetterPlan plan, Clock clock) {
        this.origin = origin;
        this.job = job;
        this.payload = plan.includePayload();
        this.longest = (int) Math.min(Integer.MAX_VALUE, plan.maxBytes());
        this.clock = clock;
    }

    RowData of(BadRow bad) {
        Map<String, String> headers = new TreeMap<>(bad.headers());
        return GenericRowData.of(
                text(id(bad)),
                TimestampData.fromEpochMillis(clock.millis()),
                text(origin.role()),
                text(word(bad.stage())),
                text(word(bad.category())),
                text(code(bad)),
                text(String.valueOf(bad.error().getMessage())),
                bad.attempts(),
                text(origin.uri()),
                text(origin.table()),
                text(bad.position()),
                cut(bad.key(), KEY_LENGTH, headers),
                cut(bad.value(), VALUE_LENGTH, headers),
                text(JsonText.object(headers)),
                text(origin.format()),
                text(job));
    }

    static String code(BadRow bad) {
        return bad.error().problems().isEmpty() ? "" : bad.error().problems().get(0).code().text();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The same row at the same position has the same id, so that a target that keeps one row an id
     * holds a letter once, however often the job was restarted.
     */
    private String id(BadRow bad) {
        if (bad.position().isEmpty()) {
            return UUID.randomUUID().toString();
        }
        String place = origin.uri() + '\n' + origin.table() + '\n' + bad.position();
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private byte[] cut(byte[] bytes, String header, Map<String, String> headers) {
        if (bytes == null || !payload) {
            return null;
        }
        if (bytes.length <= longest) {
            return bytes;
        }
        headers.put(header, Integer.toString(bytes.length));
        return Arrays.copyOf(bytes, longest);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }
}
