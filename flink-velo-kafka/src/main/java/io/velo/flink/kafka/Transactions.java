// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.CommonOptions.DeliveryGuarantee;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Maps the delivery guarantee. Under exactly-once a transaction stays open from one checkpoint to
 * the completion of the next, and over a restart in between; a broker that aborts it before loses
 * rows. Not thread-safe.
 */
final class Transactions {

    /** The longest transaction that a broker allows unless its configuration says otherwise. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

    /** What a restart of the job may take at least. */
    private static final Duration RESTART = Duration.ofMinutes(1);

    private static final String TIMEOUT_KEY =
            ClientKeys.PREFIX + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    Transactions(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    void map() {
        DeliveryGuarantee guarantee = request.options().get(CommonOptions.DELIVERY_GUARANTEE);
        Optional<String> prefix = request.options().find(KafkaOptions.TXN_PREFIX);
        if (guarantee == DeliveryGuarantee.AT_LEAST_ONCE) {
            target.put("sink.delivery-guarantee", "at-least-once");
            if (prefix.isPresent()) {
                problem(
                        "Option 'txn-prefix' has a meaning only with exactly-once.",
                        "Add 'sink.delivery-guarantee'='exactly-once', or remove it.");
            }
            return;
        }
        target.put("sink.delivery-guarantee", "exactly-once");
        target.put("sink.transactional-id-prefix", prefix.orElse(TableName.of(request)));
        target.put("sink.transaction-naming-strategy", "POOLING");
        target.put(TIMEOUT_KEY, Long.toString(DEFAULT_TIMEOUT.toMillis()));
        checkTimeout();
    }

    private void checkTimeout() {
        Optional<Duration> interval =
                request.configuration()
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .filter(given -> given.toMillis() > 0);
        if (interval.isEmpty()) {
            request.warn(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "Exactly-once without checkpoints: rows become visible only"
                                            + " when the job ends.")
                            .at(Redacted.uri(request))
                            .remedy("SET 'execution.checkpointing.interval' = '30 s'."));
            return;
        }
        Duration timeout = timeout();
        if (timeout.compareTo(interval.get().plus(RESTART)) <= 0) {
            problem(
                    "The transaction timeout of "
                            + timeout.toSeconds()
                            + " s is too short for"
                            + " checkpoints every "
                            + interval.get().toSeconds()
                            + " s and a"
                            + " restart of "
                            + RESTART.toSeconds()
                            + " s: the broker would abort"
                            + " transactions and lose their rows.",
                    "Raise transaction_timeout_ms (and the broker's transaction.max.timeout.ms),"
                            + " or make checkpoints more often.");
        }
    }

    private Duration timeout() {
        String given = request.options().passedThrough().get(TIMEOUT_KEY);
        try {
            return given == null ? DEFAULT_TIMEOUT : Duration.ofMillis(Long.parseLong(given));
        } catch (NumberFormatException e) {
            // Reported where the client keys are checked.
            return DEFAULT_TIMEOUT.plus(DEFAULT_TIMEOUT.multipliedBy(10_000));
        }
    }

    private void problem(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
