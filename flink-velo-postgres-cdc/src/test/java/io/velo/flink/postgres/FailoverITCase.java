// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.scan.PostgresScanSource;
import io.velo.flink.postgres.scan.ReadOrder;
import io.velo.flink.postgres.scan.ScanQuery;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.scan.TableScan;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A streaming job that fails behind a checkpoint, again and again, in the middle of a scan. */
@Timeout(400)
class FailoverITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static final int ROWS = 60_000;
    private static final int FAILURES = 3;

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
        FailsBehindCheckpoints.failures.set(0);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** Fails when a checkpoint that saw rows has completed since the last failure, a few times. */
    private static final class FailsBehindCheckpoints extends RichMapFunction<RowData, Long>
            implements CheckpointListener {

        private static final AtomicInteger failures = new AtomicInteger();

        private transient int completedLate;
        private transient int rows;

        @Override
        public Long map(RowData row) {
            // Slow enough for checkpoints to fall into the scan, as long as any has to.
            if (++rows % 10 == 0 && failures.get() < FAILURES) {
                LockSupport.parkNanos(1_000_000);
            }
            if (completedLate > 1 && failures.get() < FAILURES) {
                failures.incrementAndGet();
                throw new IllegalStateException("failure on purpose");
            }
            return row.getLong(0);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            // The second one of these began after rows had come.
            if (rows > 1000) {
                completedLate++;
            }
        }
    }

    private List<Long> run(String table) throws Exception {
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "restart-strategy.type", "fixed-delay",
                                "restart-strategy.fixed-delay.attempts", "20",
                                "restart-strategy.fixed-delay.delay", "10 ms",
                                "execution.checkpointing.interval", "50 ms"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        RowType rowType =
                (RowType) DataTypes.ROW(DataTypes.FIELD("id", DataTypes.BIGINT())).getLogicalType();
        TableScan scan =
                new TableScan(
                        database.settings(),
                        Relation.of(TableName.of("public", table)),
                        rowType,
                        ScanQuery.ALL,
                        ReadOrder.BY_KEY,
                        Splitting.NONE,
                        SpecialValues.FAIL,
                        Backoff.DEFAULT);
        List<Long> ids = new ArrayList<>();
        try (CloseableIterator<Long> result =
                environment
                        .fromSource(
                                new PostgresScanSource(scan),
                                WatermarkStrategy.noWatermarks(),
                                "scan",
                                InternalTypeInfo.of(rowType))
                        .map(new FailsBehindCheckpoints())
                        .executeAndCollect()) {
            result.forEachRemaining(ids::add);
        }
        return ids;
    }

    @Test
    void emitsEveryRowOnceWhereTheTableHasAKey() throws Exception {
        database.execute("CREATE TABLE t (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO t SELECT i, i FROM generate_series(1, " + ROWS + ") i");

        List<Long> ids = run("t");

        assertThat(FailsBehindCheckpoints.failures).hasValue(FAILURES);
        assertThat(ids).containsExactlyElementsOf(LongStream.rangeClosed(1, ROWS).boxed().toList());
    }

    @Test
    void failsForGoodWhereItHasNone() {
        database.execute("CREATE TABLE t (id int8)");
        database.execute("INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i");

        assertThatThrownBy(() -> run("t")).hasStackTraceContaining("VELO-IO-007");
        assertThat(FailsBehindCheckpoints.failures).hasValue(1);
    }
}
