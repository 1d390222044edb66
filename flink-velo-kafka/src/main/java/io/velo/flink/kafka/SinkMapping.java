// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;

/** Maps what only a written table has: topic, partitioner, batching, timestamps. */
final class SinkMapping {

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    SinkMapping(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    void map(Topics topics, boolean upsert) {
        topic(topics);
        partitioner(upsert);
        timestamps();
        new ProducerBatches(request, problems, target).map(upsert);
        new ProducerRetries(request, problems, target).map();
        new Transactions(request, problems, target).map();
        request.options()
                .find(CommonOptions.PARALLELISM)
                .ifPresent(number -> target.put("sink.parallelism", number.toString()));
    }

    private void topic(Topics topics) {
        if (topics.pattern().isPresent() || topics.names().size() > 1) {
            problems.add(
                    Problem.of(
                                    ErrorCode.CAPABILITY_COMBINATION,
                                    topics.pattern().isPresent()
                                            ? "A topic pattern cannot be written to."
                                            : "Several topics cannot be written to at once.")
                            .at(Redacted.uri(request))
                            .remedy("Name one topic; write to several in a statement set."));
            return;
        }
        if (!topics.isEmpty()) {
            target.put("topic", topics.names().get(0));
        }
    }

    private void partitioner(boolean upsert) {
        Optional<KafkaOptions.Partitioner> given = request.options().find(KafkaOptions.PARTITIONER);
        if (given.isEmpty()) {
            return;
        }
        boolean byKey = given.get() == KafkaOptions.Partitioner.DEFAULT;
        if (!byKey && (upsert || request.options().isSet(KafkaOptions.KEY_FIELDS))) {
            conflict(
                    "A partitioner other than the default would spread the rows of one key over"
                            + " partitions and lose their order.",
                    "Remove 'partitioner', or the key.");
            return;
        }
        if (!upsert) {
            target.put(
                    "sink.partitioner",
                    given.get().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    private void timestamps() {
        boolean column = request.schema().getColumns().stream().anyMatch(SinkMapping::isRecordTime);
        boolean asked = request.options().get(KafkaOptions.PRESERVE_TIMESTAMPS);
        if (asked && !column) {
            problems.add(
                    Problem.of(
                                    ErrorCode.SCHEMA_COLUMN,
                                    "preserve-timestamps=true needs a column for the record's"
                                            + " time.")
                            .at(Redacted.uri(request))
                            .remedy(
                                    "Declare ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' and"
                                            + " fill it."));
        }
        if (!asked && column && request.options().isSet(KafkaOptions.PRESERVE_TIMESTAMPS)) {
            conflict(
                    "preserve-timestamps=false and a writable column METADATA FROM 'timestamp'"
                            + " exclude each other.",
                    "Declare the column VIRTUAL.");
        }
    }

    private static boolean isRecordTime(Column column) {
        return column instanceof Column.MetadataColumn metadata
                && metadata.isPersisted()
                && metadata.getMetadataKey().orElse(metadata.getName()).equals("timestamp");
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
