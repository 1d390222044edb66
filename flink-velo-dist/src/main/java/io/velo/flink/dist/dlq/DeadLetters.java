// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import io.velo.flink.common.failure.DeadLetterTable;
import io.velo.flink.testkit.cluster.LocalCluster;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * The dead letters of one URI, read by Flink jobs inside this JVM, so that every scheme can be read
 * that can be scanned. Reads what is there when it is asked. Used by one thread.
 */
public final class DeadLetters {

    private final TableEnvironment tables;
    private final DeadLetterFilter filter;

    /**
     * Connects to nothing yet.
     *
     * @param cluster runs the jobs
     * @param options of the WITH clause, {@code uri} among them and {@code connector} excepted
     * @param filter which letters
     */
    public DeadLetters(LocalCluster cluster, Map<String, String> options, DeadLetterFilter filter) {
        this.filter = filter;
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        tables =
                StreamTableEnvironment.create(
                        environment, EnvironmentSettings.newInstance().inBatchMode().build());
        tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        TableDescriptor.Builder letters =
                TableDescriptor.forConnector("velo")
                        .schema(
                                Schema.newBuilder()
                                        .fromResolvedSchema(DeadLetterTable.SCHEMA)
                                        .build());
        options.forEach(letters::option);
        tables.createTemporaryTable("letters", letters.build());
    }

    /**
     * The letters from the oldest on. Close the iterator.
     *
     * @throws JobFailure if they cannot be read
     */
    public CloseableIterator<DeadLetter> all() {
        return query("SELECT * FROM letters" + filter.where() + " ORDER BY failed_at")
                .map(DeadLetter::of);
    }

    /**
     * The newest letters, from the newest on.
     *
     * @throws JobFailure if they cannot be read
     */
    public List<DeadLetter> newest(int limit) throws Exception {
        String sql =
                "SELECT * FROM letters"
                        + filter.where()
                        + " ORDER BY failed_at DESC LIMIT "
                        + limit;
        List<DeadLetter> newest = new ArrayList<>();
        try (Rows rows = query(sql)) {
            rows.forEachRemaining(row -> newest.add(DeadLetter.of(row)));
        }
        return newest;
    }

    /**
     * How many different letters there are for each reason, the most frequent first.
     *
     * @throws JobFailure if they cannot be read
     */
    public List<DeadLetterCount> counts() throws Exception {
        String sql =
                "SELECT `table`, role, category, code, COUNT(DISTINCT id), MIN(failed_at),"
                        + " MAX(failed_at) FROM letters"
                        + filter.where()
                        + " GROUP BY `table`, role, category, code ORDER BY 5 DESC, 1, 2, 3, 4";
        List<DeadLetterCount> counts = new ArrayList<>();
        try (Rows rows = query(sql)) {
            rows.forEachRemaining(
                    row ->
                            counts.add(
                                    new DeadLetterCount(
                                            String.valueOf(row.getField(0)),
                                            String.valueOf(row.getField(1)),
                                            String.valueOf(row.getField(2)),
                                            String.valueOf(row.getField(3)),
                                            (Long) row.getField(4),
                                            (Instant) row.getField(5),
                                            (Instant) row.getField(6))));
        }
        return counts;
    }

    private Rows query(String sql) {
        return JobFailure.explained(() -> new Rows(tables.executeSql(sql).collect()));
    }

    /** The rows of a running query; its failure is a sentence. */
    private record Rows(CloseableIterator<Row> rows) implements CloseableIterator<Row> {

        @Override
        public boolean hasNext() {
            return JobFailure.explained(rows::hasNext);
        }

        @Override
        public Row next() {
            return rows.next();
        }

        <T> CloseableIterator<T> map(java.util.function.Function<Row, T> mapping) {
            Iterator<Row> source = this;
            return CloseableIterator.adapterForIterator(
                    new Iterator<T>() {
                        @Override
                        public boolean hasNext() {
                            return source.hasNext();
                        }

                        @Override
                        public T next() {
                            return mapping.apply(source.next());
                        }
                    },
                    this);
        }

        @Override
        public void close() throws Exception {
            rows.close();
        }
    }
}
