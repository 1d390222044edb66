// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.BrowsableScheme;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.ScanScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicSink;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicSource;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics of Apache Kafka: {@code kafka://host:9092,host2/topic}. The work is done by Flink's Kafka
 * connector; here are the options, the checks and the discovery of columns.
 *
 * <p>A table with a primary key is one of upserts: its rows are kept under their key, and a record
 * without value deletes. Stateless, therefore thread-safe.
 */
public final class KafkaScheme
        implements ScanScheme, DeadLetterScheme, DiscoverableScheme, BrowsableScheme, ProbeScheme {

    /** A Kafka cluster has no databases; a catalog shows all its topics in this one. */
    private static final String DATABASE = "default";

    @Override
    public SchemeSpec spec() {
        return KafkaSpec.SPEC;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks the brokers only if the URI names no topic, for the error, or if {@code wait-timeout}
     * is given.
     */
    @Override
    public DynamicTableSource source(TableRequest request) {
        Delegation delegation = Delegation.of(request);
        MissingTopic.await(request, Topics.of(request, new Problems()));
        TableRequest shown = Delegation.shown(request);
        FormatKeys.refuseSkippedErrors(request);
        return new KafkaTableSource(
                (KafkaDynamicSource) delegation.source(request),
                FailureSettings.of(
                        shown,
                        KafkaSpec.NAME,
                        request.options().get(KafkaOptions.FORMAT).identifier()),
                shown.identifier().asSummaryString());
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        return new KafkaTableSink(
                (KafkaDynamicSink) Delegation.of(request).sink(request),
                FailureSettings.of(Delegation.shown(request), KafkaSpec.NAME, "json"),
                request.options().find(BatchOptions.RATE_LIMIT).orElse(null),
                isExactlyOnce(request),
                Redacted.uri(request),
                request.physicalType());
    }

    /** They must be in the topic at once, and not when a transaction ends. */
    @Override
    public DynamicTableSink deadLetters(TableRequest request) {
        if (isExactlyOnce(request)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Dead letters cannot be written exactly once.")
                    .at(Redacted.uri(request))
                    .remedy(
                            "Leave 'sink.delivery-guarantee' out of 'dlq.uri'; the id of a letter"
                                    + " tells repeated ones.")
                    .toException();
        }
        return sink(request);
    }

    private static boolean isExactlyOnce(TableRequest request) {
        return request.options().get(CommonOptions.DELIVERY_GUARANTEE)
                == CommonOptions.DeliveryGuarantee.EXACTLY_ONCE;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The columns of the newest JSON records; every column is nullable, and there is no primary
     * key, because a sample proves neither.
     */
    @Override
    public DiscoveredTable discover(TableRequest request) {
        Topics topics = topics(request);
        KafkaFormat format = request.options().get(KafkaOptions.FORMAT);
        if (format != KafkaFormat.JSON) {
            throw Problem.of(
                            ErrorCode.SCHEMA_DISCOVERY,
                            "Columns cannot be discovered from records of format '"
                                    + format.identifier()
                                    + "'.")
                    .at(Redacted.uri(request))
                    .remedy(JsonDiscovery.HOW_TO_DECLARE)
                    .toException();
        }
        MissingTopic.await(request, topics);
        Deadline deadline = Deadline.ofDiscovery();
        List<TopicPartition> partitions;
        try (TopicDirectory directory = TopicDirectory.open(request, deadline)) {
            partitions = directory.partitions(topics);
        }
        return new JsonDiscovery(request)
                .discover(new TopicSample(request, partitions, deadline).read());
    }

    @Override
    public boolean namesServer(VeloUri uri) {
        return uri.pathSegments().isEmpty() && uri.parameter("topic").isEmpty();
    }

    @Override
    public List<String> databases(TableRequest server) {
        return List.of(DATABASE);
    }

    @Override
    public List<String> tables(TableRequest server, String database) {
        if (!database.equals(DATABASE)) {
            return List.of();
        }
        try (TopicDirectory directory = TopicDirectory.open(server)) {
            return List.copyOf(directory.topics());
        }
    }

    @Override
    public VeloUri tableUri(VeloUri server, String database, String table) {
        String text = server.print();
        int query = text.indexOf('?');
        String place = query < 0 ? text : text.substring(0, query);
        String parameters = query < 0 ? "" : text.substring(query);
        String slash = place.endsWith("/") ? "" : "/";
        return VeloUri.parse(place + slash + table + parameters);
    }

    @Override
    public ProbeReport probe(TableRequest request) {
        ProbeReport.Recorder report =
                ProbeReport.record().check("address", () -> BrokerReach.require(request));
        report.check(
                "login",
                () -> {
                    try (TopicDirectory directory = TopicDirectory.open(request)) {
                        return directory.nodes().size() + " brokers";
                    }
                });
        if (!namesServer(request.uri())) {
            report.check(
                    "topic",
                    () -> {
                        try (TopicDirectory directory = TopicDirectory.open(request)) {
                            return directory.partitions(topics(request)).size() + " partitions";
                        }
                    });
            report.check(
                    "privileges",
                    () -> {
                        try (TopicDirectory directory = TopicDirectory.open(request)) {
                            return directory.requirePrivileges(topics(request));
                        }
                    });
        }
        return report.report();
    }

    private static Topics topics(TableRequest request) {
        Problems problems = new Problems();
        Topics topics = Topics.of(request, problems);
        if (topics.isEmpty() && problems.isEmpty()) {
            problems.add(MissingTopic.problem(request));
        }
        problems.throwIfAny();
        return topics;
    }
}
