// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.secret.Secret;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/**
 * The options about rows that cannot be read or written. A scheme lists {@link #FOR_SINK}, {@link
 * #FOR_SOURCE} or {@link #ALL} when it follows them; with a prefix, {@code source.} or {@code
 * sink.}, they hold for one use of the table.
 */
public final class FailureOptions {

    /** What becomes of the row. */
    public static final SchemeOption<FailureStrategy> STRATEGY =
            SchemeOption.of(
                            "failure.strategy",
                            FailureStrategy.KIND,
                            "What becomes of a row that cannot be read or written. Whether the"
                                    + " server is away is another matter: that is tried again by"
                                    + " retry.*, then the job fails.")
                    .defaultValue(FailureStrategy.FAIL);

    /** What becomes of it once nothing helped. */
    public static final SchemeOption<RowFate> ON_EXHAUSTED =
            SchemeOption.of(
                            "retry.on-exhausted",
                            ValueKind.oneOf(RowFate.class),
                            "What becomes of the row under retry-with-backoff once trying again is"
                                    + " over.")
                    .defaultValue(RowFate.FAIL);

    /** Where dead letters go. */
    public static final SchemeOption<Secret> DLQ_URI =
            SchemeOption.of(
                    "dlq.uri",
                    ValueKind.of(
                            Secret.class,
                            "the velo URI of a table that can take dead letters",
                            FailureOptions::uri),
                    "Table that takes dead letters, for send-to-dlq. It is written before the"
                            + " checkpoint that covers the row completes.");

    /** The longest payload. */
    public static final SchemeOption<MemorySize> DLQ_MAX_MESSAGE_BYTES =
            SchemeOption.of(
                            "dlq.max-message-bytes",
                            ValueKind.BYTES,
                            "Longest key and longest value that a dead letter holds; what is longer"
                                    + " is cut, and a header tells its length.")
                    .defaultValue(MemorySize.ofMebiBytes(10));

    /** Whether there is a payload. */
    public static final SchemeOption<Boolean> DLQ_INCLUDE_PAYLOAD =
            SchemeOption.of(
                            "dlq.include-payload",
                            ValueKind.FLAG,
                            "Whether a dead letter holds the key and the value of the row.")
                    .defaultValue(true);

    /** What becomes of the job if dead letters cannot be written. */
    public static final SchemeOption<DeadLetterFailure> DLQ_ON_FAILURE =
            SchemeOption.of(
                            "dlq.on-failure",
                            ValueKind.oneOf(DeadLetterFailure.class),
                            "What happens if dead letters cannot be written: the job fails, or the"
                                    + " rows are left out, logged and counted.")
                    .defaultValue(DeadLetterFailure.FAIL);

    /** All of them, for reading and writing. */
    public static final List<SchemeOption<?>> ALL =
            List.of(
                    STRATEGY,
                    ON_EXHAUSTED,
                    DLQ_URI,
                    DLQ_MAX_MESSAGE_BYTES,
                    DLQ_INCLUDE_PAYLOAD,
                    DLQ_ON_FAILURE);

    /** All of them, for writing only. */
    public static final List<SchemeOption<?>> FOR_SINK = all(SchemeOption::forSink);

    /** All of them, for reading only. */
    public static final List<SchemeOption<?>> FOR_SOURCE = all(SchemeOption::forSource);

    private FailureOptions() {}

    private static List<SchemeOption<?>> all(
            java.util.function.Function<SchemeOption<?>, SchemeOption<?>> role) {
        return ALL.stream().<SchemeOption<?>>map(role).toList();
    }

    private static Secret uri(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException();
        }
        return Secret.of(text.trim());
    }
}
