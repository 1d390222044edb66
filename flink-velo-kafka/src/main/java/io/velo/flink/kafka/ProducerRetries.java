// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.common.retry.RetryStrategy;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Maps the options about trying again onto Kafka's producer, which does it itself: with pauses that
 * double, for a time and not for a number of attempts. Not thread-safe.
 */
final class ProducerRetries {

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    ProducerRetries(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    void map() {
        put(RetryOptions.TIMEOUT, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        put(RetryOptions.INITIAL_DELAY, ProducerConfig.RETRY_BACKOFF_MS_CONFIG);
        put(RetryOptions.MAX_DELAY, ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG);
        RetryStrategy strategy = request.options().get(RetryOptions.STRATEGY);
        switch (strategy) {
            case EXPONENTIAL -> {}
            case FIXED -> {
                Duration pause = request.options().get(RetryOptions.INITIAL_DELAY);
                putMillis(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, pause);
                putMillis(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, pause);
            }
            case NONE, LINEAR ->
                    conflict(
                            "Kafka's producer cannot try again by 'retry.strategy'='"
                                    + strategy.name().toLowerCase(java.util.Locale.ROOT)
                                    + "'.",
                            "Use exponential or fixed; 'retry.timeout' limits how long it tries.");
        }
    }

    private void put(SchemeOption<Duration> option, String key) {
        if (request.options().isSet(option)) {
            if (request.options().passedThrough().containsKey(ClientKeys.PREFIX + key)) {
                conflict(
                        "Options '"
                                + option.key()
                                + "' and '"
                                + key.replace('.', '_')
                                + "' are the same setting of Kafka's producer.",
                        "Keep one of them.");
            }
            putMillis(key, request.options().get(option));
        }
    }

    private void putMillis(String key, Duration time) {
        target.put(ClientKeys.PREFIX + key, Long.toString(time.toMillis()));
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
