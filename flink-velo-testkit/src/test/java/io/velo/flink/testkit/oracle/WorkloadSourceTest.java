// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source in a real job: complete, in order, exactly once over failures. */
@Timeout(120)
class WorkloadSourceTest {

    private static final Map<String, List<Row>> SEEN = new ConcurrentHashMap<>();
    private static final Map<String, AtomicBoolean> FAILED = new ConcurrentHashMap<>();

    @Test
    void emitsEveryChangeOnceInTheOrderOfItsKey() throws Exception {
        Workload workload = Workload.keyed(1).changes(5_000).keys(500);
        WorkloadSource<Row> source = WorkloadSource.rows(workload);
        assertThat(source.progress().part()).isZero();
        assertThat(verdict(workload, run(source, "plain", 0)).examples()).isEmpty();
        assertThat(source.progress().part()).isEqualTo(1.0);
    }

    @Test
    void goesOnWhereTheLastCheckpointWasTaken() throws Exception {
        Workload workload = Workload.keyed(2).changes(4_000).keys(500);
        WorkloadSource<Row> source = WorkloadSource.rows(workload).rate(3_000);
        // The rows of the state alone: those of the failed attempt are not among them.
        List<Row> rows = run(source, "restored", 2_000);
        assertThat(FAILED.get("restored")).isTrue();
        assertThat(verdict(workload, rows).examples()).isEmpty();
        assertThat(source.progress().part()).isEqualTo(1.0);
    }

    @Test
    void keepsItsRate() throws Exception {
        Workload workload = Workload.appends(3).changes(1_000).keys(100);
        long start = System.nanoTime();
        assertThat(run(WorkloadSource.rows(workload).rate(1_000), "rate", 0)).hasSize(1_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void carriesPlantedBugsThroughAJob() throws Exception {
        Workload workload = Workload.appends(4).changes(5_000).keys(500);
        List<Row> rows =
                run(WorkloadSource.rows(workload).with(PlantedBug.DROP_ROWS), "planted", 0);
        assertThat(verdict(workload, rows).count(Anomaly.LOST)).isEqualTo(4);
    }

    private static Verdict verdict(Workload workload, List<Row> rows) {
        Ledger ledger = new Ledger(workload);
        ledger.wroteAll();
        ledger.expectChanges();
        for (Row row : rows) {
            Operation operation = WorkloadRows.operation(row.getKind());
            if (operation != null) {
                ledger.saw(operation, WorkloadRows.version(row));
            }
        }
        return ledger.verdict();
    }

    private static List<Row> run(WorkloadSource<Row> source, String name, int failAfter)
            throws Exception {
        Configuration settings = new Configuration();
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "1");
        settings.setString("restart-strategy.fixed-delay.delay", "10 ms");
        settings.setString("execution.checkpointing.interval", "100 ms");
        SEEN.put(name, new CopyOnWriteArrayList<>());
        FAILED.put(name, new AtomicBoolean());
        try (StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, settings)) {
            env.fromSource(
                            source,
                            WatermarkStrategy.noWatermarks(),
                            "workload",
                            WorkloadRows.typeInformation())
                    .process(new Gather(name, failAfter))
                    .returns(WorkloadRows.typeInformation())
                    .setParallelism(1)
                    .sinkTo(new DiscardingSink<>());
            env.execute();
        }
        return SEEN.get(name);
    }

    /** Keeps rows in Flink state, fails once after a checkpoint, and gives all at the end. */
    private static final class Gather extends ProcessFunction<Row, Row>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final int failAfter;
        private transient List<Row> rows;
        private transient ListState<Row> state;

        Gather(String name, int failAfter) {
            this.name = name;
            this.failAfter = failAfter;
        }

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) {
            rows.add(row);
            if (failAfter > 0 && rows.size() >= failAfter) {
                if (FAILED.get(name).compareAndSet(false, true)) {
                    throw new IllegalStateException("The failure that the test wants.");
                }
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(
                                    new ListStateDescriptor<>(
                                            "rows", WorkloadRows.typeInformation()));
            rows = new CopyOnWriteArrayList<>();
            state.get().forEach(rows::add);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(rows);
        }

        @Override
        public void close() {
            SEEN.put(name, rows);
        }
    }
}
