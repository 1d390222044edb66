// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Maps what only a reading table has: topics, start, end, group. Not thread-safe. */
final class SourceMapping {

    private static final String AUTO_OFFSET_RESET =
            ClientKeys.PREFIX + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    SourceMapping(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    void map(Topics topics, boolean upsert) {
        if (!topics.names().isEmpty()) {
            target.put("topic", String.join(";", topics.names()));
        }
        topics.pattern().ifPresent(pattern -> target.put("topic-pattern", pattern.pattern()));
        start(topics, upsert);
        end(topics);
        target.put(
                ClientKeys.PREFIX + ConsumerConfig.GROUP_ID_CONFIG,
                request.options().find(KafkaOptions.GROUP_ID).orElse(TableName.of(request)));
        // What an exactly-once writer has not committed is not there.
        target.put(ClientKeys.PREFIX + ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        clientId();
        request.options()
                .find(KafkaOptions.DISCOVERY_INTERVAL)
                .ifPresent(
                        interval ->
                                target.put(
                                        "scan.topic-partition-discovery.interval",
                                        interval.toMillis() + " ms"));
        request.options()
                .find(CommonOptions.PARALLELISM)
                .ifPresent(number -> target.put("scan.parallelism", number.toString()));
    }

    /** The source names its clients itself and takes only the first part of their names. */
    private void clientId() {
        String given =
                request.options()
                        .passedThrough()
                        .get(ClientKeys.PREFIX + ConsumerConfig.CLIENT_ID_CONFIG);
        if (given != null) {
            target.put(ClientKeys.PREFIX + "client.id.prefix", given);
        }
    }

    private void start(Topics topics, boolean upsert) {
        Optional<Position> given = request.options().find(KafkaOptions.OFFSET);
        if (upsert) {
            if (given.isPresent() && given.get().kind() != Position.Kind.EARLIEST) {
                conflict(
                        "An upsert table is always read from the earliest offset, because any"
                                + " later start would miss keys.",
                        "Remove 'offset'.");
            }
            refuseAutoOffsetReset();
            return;
        }
        Position start = given.orElse(isBatch() ? Position.EARLIEST : Position.LATEST);
        target.put("scan.startup.mode", start.kind().flinkMode());
        switch (start.kind()) {
            case TIME ->
                    target.put("scan.startup.timestamp-millis", Long.toString(start.epochMillis()));
            case OFFSETS -> {
                needOneTopic("offset", topics);
                target.put("scan.startup.specific-offsets", start.flinkOffsets());
            }
            // A group that has committed nothing yet starts where nothing is lost.
            case GROUP -> target.put(AUTO_OFFSET_RESET, "earliest");
            default -> {}
        }
        if (start.kind() != Position.Kind.GROUP) {
            refuseAutoOffsetReset();
        }
    }

    private void refuseAutoOffsetReset() {
        if (request.options().passedThrough().containsKey(AUTO_OFFSET_RESET)) {
            conflict(
                    "Option 'auto_offset_reset' has a meaning only with offset=group.",
                    "Write offset=earliest or offset=latest instead.");
        }
    }

    private void end(Topics topics) {
        Optional<Position> given = request.options().find(KafkaOptions.END);
        Optional<Position> end =
                given.or(() -> isBatch() ? Optional.of(Position.LATEST) : Optional.empty());
        if (end.isEmpty()) {
            return;
        }
        target.put("scan.bounded.mode", end.get().kind().flinkMode());
        switch (end.get().kind()) {
            case TIME ->
                    target.put(
                            "scan.bounded.timestamp-millis",
                            Long.toString(end.get().epochMillis()));
            case OFFSETS -> {
                needOneTopic("end", topics);
                target.put("scan.bounded.specific-offsets", end.get().flinkOffsets());
            }
            default -> {}
        }
    }

    private void needOneTopic(String option, Topics topics) {
        if (!topics.isSingle() && !topics.isEmpty()) {
            conflict(
                    "Option '"
                            + option
                            + "' gives offsets by partition, which needs exactly one"
                            + " topic.",
                    "Name one topic, or give a time.");
        }
    }

    private boolean isBatch() {
        return request.configuration().get(ExecutionOptions.RUNTIME_MODE)
                == RuntimeExecutionMode.BATCH;
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
