// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.testkit.memory.MemoryTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows that a sink's server rejects, and of a sink whose server is away. */
class FailureStrategyTest {

    private final TableEnvironment sql =
            TableEnvironment.create(
                    EnvironmentSettings.newInstance()
                            .inStreamingMode()
                            .withConfiguration(
                                    Configuration.fromMap(
                                            Map.of(
                                                    "parallelism.default", "2",
                                                    "execution.checkpointing.interval", "50 ms",
                                                    "restart-strategy.type", "fixed-delay",
                                                    "restart-strategy.fixed-delay.attempts", "1",
                                                    "restart-strategy.fixed-delay.delay", "1 ms")))
                            .build());

    @BeforeEach
    void startAnew() {
        MemoryTables.names().forEach(MemoryTables::drop);
        PickyServer.forgetAll();
        PickySink.forgetCounters();
    }

    @Test
    void failsTheJobByDefault() {
        assertThatThrownBy(() -> insert("'uri'='picky://t'", 50, 10))
                .rootCause()
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("The id is negative.");
    }

    @Test
    void leavesRejectedRowsOutAndCountsThem() throws Exception {
        insert("'uri'='picky://t','failure.strategy'='LogAndContinue'", 1000, 10);

        assertThat(PickyServer.get("t").ids()).hasSize(900);
        assertThat(PickySink.CAME).hasValue(1000);
        assertThat(PickySink.SENT).hasValue(900);
        assertThat(PickySink.SKIPPED).hasValue(100);
        assertThat(PickySink.DEAD_LETTERED).hasValue(0);
    }

    @Test
    void writesADeadLetterForEachRejectedRow() throws Exception {
        insert(
                "'uri'='picky://t','failure.strategy'='send-to-dlq','dlq.uri'='memory://letters'",
                1000,
                10);

        assertThat(PickyServer.get("t").ids()).hasSize(900);
        List<Row> letters = MemoryTables.get("letters").rows();
        assertThat(letters).hasSize(100);
        assertThat(letters)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.getArity()).isEqualTo(16);
                            assertThat(letter.getField(2)).isEqualTo("sink");
                            assertThat(letter.getField(5)).isEqualTo("VELO-SCH-005");
                            assertThat(letter.getField(9).toString()).endsWith(".t");
                            assertThat(letter.getField(15).toString()).startsWith("insert-into");
                        });
        assertThat(letters.stream().map(FailureStrategyTest::id).distinct()).hasSize(100);
        assertThat(PickySink.CAME).hasValue(1000);
        assertThat(PickySink.SENT).hasValue(900);
        assertThat(PickySink.SKIPPED).hasValue(0);
        assertThat(PickySink.DEAD_LETTERED).hasValue(100);
    }

    @Test
    void retryWithBackoffEndsInWhatOnExhaustedSays() throws Exception {
        insert(
                "'uri'='picky://t','sink.failure.strategy'='RetryWithBackoff',"
                        + "'retry.on-exhausted'='dlq','dlq.uri'='memory://letters'",
                100,
                10);

        assertThat(MemoryTables.get("letters").rows()).hasSize(10);
    }

    @Test
    void losesNoDeadLetterWhenTheJobRestarts() throws Exception {
        PickyServer.get("t").crashClientAfter(600);

        insert(
                "'uri'='picky://t','failure.strategy'='send-to-dlq','dlq.uri'='memory://letters'",
                1000,
                10);

        Set<Long> dead = new HashSet<>();
        MemoryTables.get("letters").rows().forEach(letter -> dead.add(id(letter)));
        assertThat(dead)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 100).map(i -> -10 * i).boxed().toList());
        assertThat(new HashSet<>(PickyServer.get("t").ids())).hasSize(900);
    }

    @Test
    void waitsForAServerThatIsAwayAndNeverSkipsARowForIt() throws Exception {
        PickyServer server = PickyServer.get("t");
        server.away(true);
        JobClient job =
                submit("'uri'='picky://t','failure.strategy'='log-and-continue'", 100, 1000);
        await(() -> server.calls() > 4);
        server.away(false);

        job.getJobExecutionResult().get(180, TimeUnit.SECONDS);

        assertThat(server.ids()).hasSize(100);
        assertThat(PickySink.SKIPPED).hasValue(0);
    }

    @Test
    void aCancelDuringAnOutageWaitsNeitherForARetryNorForFlinksWatchdog() throws Exception {
        PickyServer server = PickyServer.get("t");
        server.away(true);
        JobClient job =
                submit(
                        "'uri'='picky://t','retry.initial-delay'='10 min',"
                                + "'retry.max-delay'='10 min'",
                        100,
                        1000);
        await(() -> server.calls() > 0);

        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        job.cancel();

        assertThat(result)
                .failsWithin(Duration.ofSeconds(25))
                .withThrowableThat()
                .withStackTraceContaining("JobCancellationException");
    }

    @Test
    void failsTheJobWhenDeadLettersCannotBeWritten() {
        PickyServer.get("letters").away(true);

        assertThatThrownBy(
                        () ->
                                insert(
                                        "'uri'='picky://t','failure.strategy'='send-to-dlq',"
                                                + "'dlq.uri'="
                                                + "'picky://letters?retry_strategy=none'",
                                        100,
                                        10))
                .rootCause()
                .hasMessageContaining("The dead letters of table")
                .hasMessageContaining("picky://letters");
    }

    @Test
    void goesOnWithoutDeadLettersOnlyWhenAsked() throws Exception {
        PickyServer.get("letters").away(true);

        insert(
                "'uri'='picky://t','failure.strategy'='send-to-dlq','dlq.on-failure'='log',"
                        + "'dlq.uri'='picky://letters?retry_strategy=none'",
                100,
                10);

        assertThat(PickyServer.get("t").ids()).hasSize(90);
    }

    @Test
    void refusesAtPlanningWhatCannotWork() {
        assertThatThrownBy(() -> insert("'uri'='picky://t','failure.strategy'='send-to-dlq'", 1, 1))
                .hasStackTraceContaining("'dlq.uri' is not given");
        assertThatThrownBy(() -> insert("'uri'='picky://t','dlq.uri'='memory://x'", 1, 1))
                .hasStackTraceContaining("'dlq.uri' has a meaning only if");
        assertThatThrownBy(() -> letters("nobody://x"))
                .hasStackTraceContaining("No scheme 'nobody'");
        assertThatThrownBy(() -> letters("login://x"))
                .hasStackTraceContaining("Scheme 'login' cannot take dead letters");
        assertThatThrownBy(() -> letters("memory://x?columns=id BIGINT"))
                .hasStackTraceContaining("these are fixed");
        assertThatThrownBy(() -> letters("memory://x?colour=red"))
                .hasStackTraceContaining("has no parameter 'colour'");
        assertThatThrownBy(() -> insert("'uri'='picky://t','retry.on-exhausted'='skip'", 1, 1))
                .hasStackTraceContaining("'retry.on-exhausted' has a meaning only");
    }

    @Test
    void printsNoPasswordOfTheTargetOfDeadLetters() {
        assertThatThrownBy(() -> letters("memory://x?colour=red&password=VELOCANARY-1"))
                .rootCause()
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("password=***")
                .hasMessageNotContaining("VELOCANARY-1");
    }

    @Test
    void aVeloCatalogKeepsTheTargetOfDeadLettersApart() throws Exception {
        sql.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        sql.executeSql("USE CATALOG velo");
        sql.executeSql(
                "CREATE TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                        + "'uri'='picky://t','failure.strategy'='send-to-dlq',"
                        + "'dlq.uri'='memory://VELOCANARY?primary_key=id')");

        sql.executeSql("INSERT INTO t VALUES (-1, 'x')").await();

        assertThat(MemoryTables.get("VELOCANARY").rows()).hasSize(1);
        try (var lines = sql.executeSql("SHOW CREATE TABLE t").collect()) {
            assertThat(lines.next().toString()).doesNotContain("VELOCANARY");
        }
    }

    private void letters(String uri) throws Exception {
        insert("'uri'='picky://t','failure.strategy'='send-to-dlq','dlq.uri'='" + uri + "'", 1, 1);
    }

    /** Inserts ids from 1 on, of which each n-th is made negative. */
    private void insert(String options, int rows, int each) throws Exception {
        submit(options, rows, each).getJobExecutionResult().get(180, TimeUnit.SECONDS);
    }

    private JobClient submit(String options, int rows, int each) {
        sql.executeSql("DROP TEMPORARY TABLE IF EXISTS numbers");
        sql.executeSql("DROP TEMPORARY TABLE IF EXISTS t");
        sql.executeSql(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='2000','fields.n.kind'='sequence','fields.n.start'='1',"
                        + "'fields.n.end'='"
                        + rows
                        + "')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE t (id BIGINT, name STRING) WITH ('connector'='velo',"
                        + options
                        + ")");
        return sql.executeSql(
                        "INSERT INTO t SELECT CASE WHEN MOD(n, "
                                + each
                                + ") = 0 THEN -n ELSE n END, 'x' FROM numbers")
                .getJobClient()
                .orElseThrow();
    }

    private static long id(Row letter) {
        String json = new String((byte[]) letter.getField(12), StandardCharsets.UTF_8);
        assertThat(json).startsWith("{\"id\":").endsWith(",\"name\":\"x\"}");
        return Long.parseLong(json.substring(6, json.indexOf(',')));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(5);
        }
    }
}
