// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicTableFactory;
import org.apache.flink.streaming.connectors.kafka.table.UpsertKafkaDynamicTableFactory;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory;

/**
 * One use of a table in the words of Flink's Kafka connector. Immutable, therefore thread-safe.
 *
 * @param isUpsert whether {@code upsert-kafka} does the work, and not {@code kafka}
 * @param options all options of that connector
 */
record Delegation(boolean isUpsert, Map<String, String> options) {

    Delegation {
        options = Map.copyOf(options);
    }

    /**
     * The delegation of a request.
     *
     * @throws io.velo.flink.common.error.VeloException with every problem of the request
     */
    static Delegation of(TableRequest request) {
        Problems problems = new Problems();
        Map<String, String> target = new LinkedHashMap<>();
        Topics topics = Topics.of(request, problems);
        boolean topicMissing = topics.isEmpty() && problems.isEmpty();
        boolean upsert = new KeyMapping(request, problems, target).map();
        if (request.role() == OptionRole.SINK) {
            new SinkMapping(request, problems, target).map(topics, upsert);
        } else {
            new SourceMapping(request, problems, target).map(topics, upsert);
        }
        Connection connection = new Connection(request, problems);
        Map<String, String> clients =
                request.role() == OptionRole.SINK ? connection.forSink() : connection.forSource();
        // What the mappings set for a client is a default: the user's own setting counts.
        clients.forEach((key, value) -> target.put(ClientKeys.PREFIX + key, value));
        if (topicMissing) {
            // The brokers are asked for candidates only if nothing else is wrong.
            problems.add(
                    problems.isEmpty()
                            ? MissingTopic.problem(request)
                            : MissingTopic.problem(request, ""));
        }
        problems.throwIfAny();
        topics.warn(request);
        Connection.warn(request, clients);
        target.put("connector", upsert ? "upsert-kafka" : "kafka");
        return new Delegation(upsert, target);
    }

    /**
     * The context of a call to Flink's connector, which names its operators after the table. A URI
     * that is the table's name goes there without its credentials.
     */
    DynamicTableFactory.Context context(TableRequest request) {
        return shown(request).delegateContext(options);
    }

    /** The request under a name that may be printed. */
    static TableRequest shown(TableRequest request) {
        ObjectIdentifier name = request.identifier();
        if (!VeloUri.looksLikeUri(name.getObjectName())) {
            return request;
        }
        return request.withIdentifier(
                ObjectIdentifier.of(
                        name.getCatalogName(), name.getDatabaseName(), Redacted.uri(request)));
    }

    /** The table source of Flink's connector. */
    DynamicTableSource source(TableRequest request) {
        DynamicTableFactory.Context context = context(request);
        try {
            return isUpsert
                    ? new UpsertKafkaDynamicTableFactory().createDynamicTableSource(context)
                    : new KafkaDynamicTableFactory().createDynamicTableSource(context);
        } catch (ValidationException e) {
            throw refused(request, e);
        }
    }

    /** The table sink of Flink's connector. */
    DynamicTableSink sink(TableRequest request) {
        DynamicTableFactory.Context context = context(request);
        try {
            return isUpsert
                    ? new UpsertKafkaDynamicTableFactory().createDynamicTableSink(context)
                    : new KafkaDynamicTableFactory().createDynamicTableSink(context);
        } catch (ValidationException e) {
            throw refused(request, e);
        }
    }

    /** What only Flink's connector or format knows, such as options that exclude each other. */
    private static VeloException refused(TableRequest request, ValidationException reason) {
        Throwable inner = reason;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Flink's Kafka connector refuses the table: " + inner.getMessage())
                .at(Redacted.uri(request))
                .toException(reason);
    }

    /** Prints no values: some are secrets. */
    @Override
    public String toString() {
        return (isUpsert ? "upsert-kafka " : "kafka ") + options.keySet();
    }
}
