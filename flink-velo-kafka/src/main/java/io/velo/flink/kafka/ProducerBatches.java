// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.batch.BatchStrategy;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Maps the options about batches onto Kafka's producer, which gathers records by partition, bytes
 * and time, and onto the buffer of an upsert table, which counts rows. Not thread-safe.
 */
final class ProducerBatches {

    /** What completes the pair when only one of the two limits of the upsert buffer is given. */
    private static final int DEFAULT_BUFFER_ROWS = 1000;

    private static final Duration DEFAULT_BUFFER_TIME = Duration.ofSeconds(1);

    /** Large batches: what a broker takes by default in one request per partition. */
    private static final long MEGA_BYTES = 1_000_000;

    /** More would let a retried batch overtake another, which the producer therefore refuses. */
    private static final int MOST_IN_FLIGHT = 5;

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    ProducerBatches(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    void map(boolean upsert) {
        strategy();
        request.options()
                .find(KafkaOptions.BATCH_BYTES)
                .ifPresent(bytes -> put(ProducerConfig.BATCH_SIZE_CONFIG, bytes.getBytes()));
        inFlight();
        Optional<Integer> rows = request.options().find(KafkaOptions.BATCH_SIZE);
        Optional<Duration> time = request.options().find(KafkaOptions.BATCH_TIMEOUT);
        if (!upsert) {
            if (rows.isPresent()) {
                conflict(
                        "Option 'batch-size' counts the rows that an upsert table holds back; this"
                                + " table has no key.",
                        "Use batch-bytes and batch-timeout.");
            }
            time.ifPresent(longest -> put(ProducerConfig.LINGER_MS_CONFIG, longest.toMillis()));
        } else if (rows.isPresent() || time.isPresent()) {
            target.put(
                    "sink.buffer-flush.max-rows",
                    Integer.toString(rows.orElse(DEFAULT_BUFFER_ROWS)));
            target.put(
                    "sink.buffer-flush.interval",
                    time.orElse(DEFAULT_BUFFER_TIME).toMillis() + " ms");
        }
    }

    /** Chooses what is not given; what is given replaces it afterwards. */
    private void strategy() {
        BatchStrategy strategy = request.options().get(BatchOptions.STRATEGY);
        switch (strategy) {
            case FIXED_SIZE -> {}
            case LOW_LATENCY -> put(ProducerConfig.LINGER_MS_CONFIG, 0);
            case TIME_WINDOW -> put(ProducerConfig.LINGER_MS_CONFIG, 1_000);
            case MEGA_BATCH -> {
                put(ProducerConfig.BATCH_SIZE_CONFIG, MEGA_BYTES);
                put(ProducerConfig.LINGER_MS_CONFIG, 1_000);
                put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 2);
            }
            case ADAPTIVE_SIZE, MEMORY_BASED ->
                    conflict(
                            "Kafka's producer has no batches by 'batch-strategy'='"
                                    + strategy.name().toLowerCase(java.util.Locale.ROOT)
                                    + "'.",
                            "Use fixed_size, time_window, low_latency or mega_batch, or give"
                                    + " batch-bytes and batch-timeout.");
        }
    }

    private void inFlight() {
        Optional<Integer> requests = request.options().find(CommonOptions.MAX_IN_FLIGHT);
        if (requests.isPresent() && requests.get() > MOST_IN_FLIGHT) {
            conflict(
                    "Option 'max-in-flight' is "
                            + requests.get()
                            + "; more than 5 requests under way could reorder rows when one is"
                            + " tried again.",
                    "Use 1 to 5.");
        }
        requests.ifPresent(
                number -> put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, number));
    }

    private void put(String key, long value) {
        target.put(ClientKeys.PREFIX + key, Long.toString(value));
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
