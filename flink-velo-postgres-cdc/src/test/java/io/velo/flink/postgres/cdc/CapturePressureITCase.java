// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.Way;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A capture whose job is slow, held up or cut off from its server in the middle of something. */
@Timeout(600)
class CapturePressureITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
        Downstream.reset();
    }

    @AfterEach
    void dropDatabase() {
        Downstream.reset();
        Moment.observeNoMore();
        database.close();
    }

    /** What the tests hold up, and what has come through. */
    private static final class Downstream implements MapFunction<Row, Row>, CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private static final Map<Integer, String> TABLE = new ConcurrentHashMap<>();
        private static final AtomicLong PASSED = new AtomicLong();
        private static final AtomicLong TAKEN = new AtomicLong();
        private static volatile String firstCommit;
        private static volatile String lastCommit;
        private static volatile long nanosPerRow;
        private static volatile boolean rowsHeld;
        private static volatile boolean rowIsHeld;
        private static volatile long lastCheckpoint = Long.MAX_VALUE;
        private static volatile long heldCheckpoint;

        static void reset() {
            TABLE.clear();
            PASSED.set(0);
            TAKEN.set(0);
            firstCommit = null;
            lastCommit = null;
            nanosPerRow = 0;
            rowsHeld = false;
            rowIsHeld = false;
            lastCheckpoint = Long.MAX_VALUE;
            heldCheckpoint = 0;
        }

        @Override
        public Row map(Row row) {
            while (rowsHeld && !Thread.currentThread().isInterrupted()) {
                rowIsHeld = true;
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(nanosPerRow);
            TABLE.put(row.getFieldAs(0), String.valueOf(row.<String>getFieldAs(1)));
            lastCommit = row.getFieldAs(2);
            firstCommit = firstCommit == null ? lastCommit : firstCommit;
            TAKEN.incrementAndGet();
            return row;
        }

        /** A checkpoint behind the last one that may pass waits. */
        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            long checkpoint = context.getCheckpointId();
            while (checkpoint > lastCheckpoint && !Thread.currentThread().isInterrupted()) {
                heldCheckpoint = checkpoint;
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            // Nothing is kept.
        }
    }

    /** Counts what leaves the source. */
    private static final class Passed implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1L;

        @Override
        public Row map(Row row) {
            Downstream.PASSED.incrementAndGet();
            return row;
        }
    }

    private JobClient start(String parameters, Map<String, String> settings) throws Exception {
        Configuration configuration = Configuration.fromMap(settings);
        configuration.setString("execution.checkpointing.interval", "100 ms");
        configuration.setString("restart-strategy.type", "disable");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql(
                "CREATE TEMPORARY TABLE source (id INT, v STRING, commit_lsn STRING METADATA"
                        + " VIRTUAL, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector'='velo',"
                        + " 'uri'='"
                        + database.uri("table=t&cdc=true&changelog=append&" + parameters)
                        + "')");
        DataStream<Row> rows = sql.toDataStream(sql.from("source"));
        // As many as readers: what goes round in between would change the order of changes.
        rows.map(new Passed())
                .setParallelism(rows.getParallelism())
                .keyBy(row -> row.<Integer>getFieldAs(0))
                .map(new Downstream())
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
        return environment.executeAsync("pressure");
    }

    private static void end(JobClient job) throws Exception {
        Downstream.reset();
        job.cancel().get();
        Savepoints.await(
                () -> job.getJobStatus().join().isGloballyTerminalState(), "the end of the job");
    }

    private String slot(String column) {
        List<String> found =
                database.query(
                        "SELECT ("
                                + column
                                + ")::text FROM pg_replication_slots WHERE database ="
                                + " current_database()");
        return found.isEmpty() ? "" : String.valueOf(found.get(0));
    }

    private boolean isConfirmed(String place) {
        return slot("confirmed_flush_lsn > '" + place + "'").equals("true");
    }

    /** Waits until the reader has told the server so many times more that it lives. */
    private void awaitReplies(int count) {
        TreeSet<String> replies = new TreeSet<>();
        Savepoints.await(
                () -> {
                    replies.addAll(
                            database.query(
                                    "SELECT reply_time::text FROM pg_stat_replication WHERE pid ="
                                            + " (SELECT active_pid FROM pg_replication_slots WHERE"
                                            + " database = current_database())"));
                    return replies.size() > count;
                },
                "signs of life");
    }

    @Test
    void aSinkThatIsHeldUpNeitherLosesTheConnectionNorConfirmsWhatItHasNotTaken() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        JobClient job = start("scan_startup=latest&ack_checkpoint_delay=0&parallelism=1", Map.of());
        try {
            Readers.awaitOne(database);
            String reader = slot("active_pid");
            Downstream.rowsHeld = true;
            database.execute(
                    "DO $$ BEGIN FOR i IN 0..29 LOOP INSERT INTO t SELECT i * 1000 + n, repeat('x',"
                            + " 500) FROM generate_series(1, 1000) n; COMMIT; END LOOP; END $$");
            Savepoints.await(() -> Downstream.rowIsHeld, "a row that is held up");
            awaitReplies(3);
            assertThat(slot("active_pid")).isEqualTo(reader);
            String confirmed = slot("confirmed_flush_lsn");
            Downstream.rowsHeld = false;
            Savepoints.await(() -> Downstream.TABLE.size() == 30_000, "all rows");
            assertThat(
                            database.query(
                                    "SELECT ('"
                                            + confirmed
                                            + "'::pg_lsn <= '"
                                            + Downstream.firstCommit
                                            + "')::text"))
                    .containsExactly("true");
            Savepoints.await(() -> isConfirmed(Downstream.lastCommit), "the confirmation");
        } finally {
            end(job);
        }
    }

    @Test
    void whatComesBehindACheckpointIsNotConfirmedWithIt() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        AtomicLong confirmations = new AtomicLong();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.BEFORE_ACKNOWLEDGE) {
                        confirmations.incrementAndGet();
                    }
                });
        JobClient job = start("scan_startup=latest&ack_checkpoint_delay=0&parallelism=1", Map.of());
        try {
            Readers.awaitOne(database);
            Downstream.lastCheckpoint = 0;
            Savepoints.await(() -> Downstream.heldCheckpoint > 0, "a checkpoint that is held up");
            long before = confirmations.get();
            // The source has its part of the checkpoint; this comes behind it.
            database.execute("INSERT INTO t VALUES (1, 'late')");
            Savepoints.await(() -> Downstream.PASSED.get() == 1, "the row behind the checkpoint");
            Downstream.lastCheckpoint = Downstream.heldCheckpoint;
            Savepoints.await(() -> confirmations.get() > before, "the end of the checkpoint");
            Savepoints.await(() -> Downstream.TABLE.size() == 1, "the row");
            Savepoints.await(
                    () -> Downstream.heldCheckpoint > Downstream.lastCheckpoint,
                    "the next checkpoint, which is held up");
            awaitReplies(2);
            assertThat(isConfirmed(Downstream.lastCommit)).isFalse();
            Downstream.lastCheckpoint = Long.MAX_VALUE;
            Savepoints.await(() -> isConfirmed(Downstream.lastCommit), "the confirmation");
        } finally {
            end(job);
        }
    }

    /**
     * Rows on their way pass through such checkpoints, and a change could overtake its row. Were
     * there a second reader, its rows would be on their way when the first one, whose rows have all
     * been taken, begins with the changes.
     */
    @Test
    void noChangeOvertakesItsRowUnderUnalignedCheckpoints() throws Exception {
        int rows = 600;
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t SELECT i, repeat('o',"
                        + " 300) FROM generate_series(1, 600) i; ANALYZE t");
        AtomicLong ranges = new AtomicLong();
        Moment.observe(
                (moment, detail) -> {
                    if (moment == Moment.CHUNK_READ) {
                        ranges.incrementAndGet();
                    } else if (moment == Moment.CHUNK_SNAPSHOT
                            && Thread.currentThread().getName().contains("(2/")) {
                        Savepoints.await(
                                () ->
                                        ranges.get() > 0
                                                && Downstream.TAKEN.get() == Downstream.PASSED.get()
                                                && Downstream.TAKEN.get() > 0,
                                "the rows of the first reader");
                    }
                });
        Downstream.nanosPerRow = 5_000_000;
        JobClient job =
                start(
                        "snapshot_chunk_bytes=128kb&parallelism=2",
                        Map.of("execution.checkpointing.unaligned.enabled", "true"));
        try {
            Readers.awaitOne(database);
            assertThat(ranges.get()).isGreaterThan(1);
            database.execute("UPDATE t SET v = 'new'");
            Savepoints.await(() -> Downstream.TABLE.containsValue("new"), "the first change");
            Downstream.nanosPerRow = 0;
            Savepoints.await(() -> Downstream.TAKEN.get() == 2 * rows, "all rows and all changes");
            assertThat(Downstream.TABLE.values()).containsOnly("new");
        } finally {
            end(job);
        }
    }

    /** All rows of such a transaction share a place in the log. */
    @Test
    void aTransactionIsReadOnAmidItsChangesWhenTheConnectionBreaks() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        String server = "127.0.0.1:" + database.server().port();
        try (FaultProxy proxy = FaultProxy.before(database.server().port())) {
            String uri =
                    database.uri(
                                    "table=t&cdc=true&changelog=append&scan_startup=latest"
                                            + "&retry_initial_delay=10ms")
                            .replace(server, "127.0.0.1:" + proxy.port());
            try (RunningQuery query =
                    RunningQuery.of(RunningQuery.session(), "SELECT * FROM `" + uri + "`")) {
                Readers.awaitOne(database);
                int rows = 6_000;
                for (int i = 1; i <= 3; i++) {
                    // Somewhere in the next transaction, a bit further each time.
                    proxy.cutAfter(Way.TO_CLIENT, 40_000L * i);
                    database.execute(
                            "INSERT INTO t SELECT "
                                    + (i - 1) * rows
                                    + " + n FROM generate_series(1, "
                                    + rows
                                    + ") n");
                    query.awaitChanges(i * rows);
                    assertThat(proxy.cuts()).isEqualTo(i);
                }
                List<String> expected =
                        IntStream.rangeClosed(1, 3 * rows)
                                .mapToObj(id -> "+I[" + id + "]")
                                .collect(Collectors.toList());
                database.execute("INSERT INTO t VALUES (0)");
                expected.add("+I[0]");
                assertThat(query.awaitChanges(expected.size())).isEqualTo(expected);
            }
        }
    }
}
