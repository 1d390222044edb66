// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.uri.discovery.TableDiscovery;
import io.velo.flink.uri.table.TableRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * Writes the rows of dead letters into a table, some thousands a job, the oldest first, each letter
 * once. Used by one thread.
 */
public final class Replay {

    private static final int ROWS_PER_JOB = 10_000;

    private final LocalCluster cluster;
    private final Map<String, String> options;
    private final Schema schema;
    private final boolean keyed;
    private final LetterRows rows;
    private final DataType type;

    /**
     * Finds out which columns the table has: those that its URI names or that its system knows.
     *
     * @param cluster runs the jobs
     * @param options of the table's WITH clause, {@code uri} among them and {@code connector}
     *     excepted
     * @throws io.velo.flink.common.error.VeloException if the columns cannot be had
     */
    public Replay(LocalCluster cluster, Map<String, String> options) {
        this.cluster = cluster;
        this.options = Map.copyOf(options);
        ClassLoader classLoader = Replay.class.getClassLoader();
        this.schema =
                new TableDiscovery(Duration.ofMinutes(1), 1)
                        .schemaOf(
                                TableRequests.withoutColumns(
                                        options,
                                        ObjectIdentifier.of("velo", "default", "replayed"),
                                        new Configuration(),
                                        classLoader));
        ResolvedSchema resolved = resolved(schema);
        this.keyed = resolved.getPrimaryKey().isPresent();
        this.type = resolved.toPhysicalRowDataType();
        this.rows = new LetterRows(type, keyed);
    }

    private ResolvedSchema resolved(Schema unresolved) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(cluster.environment());
        tables.createTemporaryTable(
                "columns", TableDescriptor.forConnector("blackhole").schema(unresolved).build());
        return tables.from("columns").getResolvedSchema();
    }

    /**
     * Writes them all.
     *
     * @return how many rows were written
     * @throws JobFailure if they cannot be written, or a letter holds no row; those of earlier jobs
     *     are written then
     */
    public long run(Iterator<DeadLetter> letters) {
        Set<String> seen = new HashSet<>();
        List<Row> batch = new ArrayList<>();
        long written = 0;
        while (letters.hasNext()) {
            DeadLetter letter = letters.next();
            if (seen.add(letter.id())) {
                batch.add(rows.of(letter));
            }
            if (batch.size() == ROWS_PER_JOB) {
                written += write(batch);
            }
        }
        return batch.isEmpty() ? written : written + write(batch);
    }

    private long write(List<Row> batch) {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        TableDescriptor.Builder target = TableDescriptor.forConnector("velo").schema(schema);
        options.forEach(target::option);
        tables.createTemporaryTable("target", target.build());
        Schema.Builder source = Schema.newBuilder().fromRowDataType(type);
        if (keyed) {
            schema.getPrimaryKey().ifPresent(key -> source.primaryKey(key.getColumnNames()));
        }
        long count = batch.size();
        JobFailure.explained(
                () -> {
                    tables.fromChangelogStream(
                                    environment.fromData(batch, ExternalTypeInfo.of(type)),
                                    source.build(),
                                    keyed ? ChangelogMode.all() : ChangelogMode.insertOnly())
                            .executeInsert("target")
                            .await();
                    return null;
                });
        batch.clear();
        return count;
    }
}
