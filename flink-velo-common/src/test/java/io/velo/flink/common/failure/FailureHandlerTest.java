// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.junit.jupiter.api.Test;

class FailureHandlerTest {

    private static final DeadLetterOrigin ORIGIN =
            new DeadLetterOrigin("test", "sink", "test://h/t", "c.d.t", "json");

    private final VeloMetrics metrics = VeloMetrics.unregistered();
    private final Counter errors = new SimpleCounter();
    private final Letters letters = new Letters();

    @Test
    void failsWithTheErrorOfTheRow() throws Exception {
        FailureHandler handler = handler(RowFate.FAIL, null);
        BadRow row = bad("a");

        assertThatThrownBy(() -> handler.handle(row)).isSameAs(row.error());
        assertThat(errors.getCount()).isOne();
        assertThat(count(VeloMetric.RECORDS_SKIPPED)).isZero();
    }

    @Test
    void leavesRowsOutAndLogsThreeOfThemWithoutTheirData() throws Exception {
        try (LoggedLines lines = LoggedLines.of(BadRowLog.class);
                FailureHandler handler = handler(RowFate.SKIP, null)) {
            for (int i = 0; i < 10; i++) {
                handler.handle(bad("CANARY"));
            }
            assertThat(lines.warnings()).hasSize(3);
            handler.beforeCheckpoint();
            assertThat(lines.warnings())
                    .hasSize(4)
                    .last()
                    .asString()
                    .contains("10 rows of sink c.d.t", "10 x VELO-SCH-005");
            handler.handle(bad("CANARY"));
            assertThat(lines.warnings()).hasSize(5).noneMatch(line -> line.contains("CANARY"));
        }
        assertThat(count(VeloMetric.RECORDS_SKIPPED)).isEqualTo(11);
        assertThat(errors.getCount()).isEqualTo(11);
    }

    @Test
    void writesDeadLettersThatCountOnceTheyAreDurable() throws Exception {
        try (FailureHandler handler = handler(RowFate.DLQ, plan(DeadLetterFailure.FAIL, 100))) {
            handler.handle(bad("a").key(new byte[] {7}).header("row-kind", "+I"));
            assertThat(count(VeloMetric.DLQ_RECORDS)).isZero();
            assertThat(letters.durable).isEmpty();

            handler.beforeCheckpoint();

            assertThat(count(VeloMetric.DLQ_RECORDS)).isOne();
            RowData letter = letters.durable.get(0);
            assertThat(letter.getString(2)).hasToString("sink");
            assertThat(letter.getString(3)).hasToString("write");
            assertThat(letter.getString(4)).hasToString("permanent");
            assertThat(letter.getString(5)).hasToString("VELO-SCH-005");
            assertThat(letter.getString(6).toString()).contains("does not fit");
            assertThat(letter.getInt(7)).isOne();
            assertThat(letter.getString(8)).hasToString("test://h/t");
            assertThat(letter.getString(9)).hasToString("c.d.t");
            assertThat(letter.getBinary(11)).containsExactly(7);
            assertThat(letter.getBinary(12)).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.getString(13)).hasToString("{\"row-kind\":\"+I\"}");
            assertThat(letter.getString(14)).hasToString("json");
            assertThat(letter.getString(15)).hasToString("a job");
            assertThat(letter.getArity()).isEqualTo(DeadLetterTable.SCHEMA.getColumnCount());
        }
    }

    @Test
    void cutsWhatIsTooLongAndTellsTheLength() throws Exception {
        try (FailureHandler handler = handler(RowFate.DLQ, plan(DeadLetterFailure.FAIL, 3))) {
            handler.handle(bad("abcdef"));
            handler.beforeCheckpoint();
        }

        RowData letter = letters.durable.get(0);
        assertThat(letter.getBinary(12)).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.getString(13)).hasToString("{\"velo-value-bytes\":\"6\"}");
    }

    @Test
    void givesTheSamePositionTheSameId() throws Exception {
        VeloException error = bad("x").error();
        try (FailureHandler handler = handler(RowFate.DLQ, plan(DeadLetterFailure.FAIL, 100))) {
            handler.handle(BadRow.undecodable(error, "t-0@5", new byte[0]));
            handler.handle(BadRow.undecodable(error, "t-0@5", new byte[0]));
            handler.handle(BadRow.undecodable(error, "t-0@6", new byte[0]));
            handler.beforeCheckpoint();
        }

        List<String> ids = letters.durable.stream().map(l -> l.getString(0).toString()).toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void failsTheTaskWhenDeadLettersCannotBeWritten() throws Exception {
        FailureHandler handler = handler(RowFate.DLQ, plan(DeadLetterFailure.FAIL, 100));
        handler.handle(bad("a"));
        letters.away = true;

        assertThatThrownBy(handler::beforeCheckpoint)
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("The dead letters of table c.d.t could not be written")
                .hasMessageContaining("memory://target");
        assertThat(count(VeloMetric.DLQ_RECORDS)).isZero();
        assertThat(count(VeloMetric.DLQ_FAILURES)).isOne();
    }

    @Test
    void losesDeadLettersOnlyWhenAskedAndCountsThem() throws Exception {
        try (FailureHandler handler = handler(RowFate.DLQ, plan(DeadLetterFailure.LOG, 100))) {
            handler.handle(bad("a"));
            handler.handle(bad("b"));
            letters.away = true;
            handler.beforeCheckpoint();
            letters.away = false;
            handler.handle(bad("c"));
            handler.beforeCheckpoint();
        }

        assertThat(letters.durable).hasSize(1);
        assertThat(letters.writers).as("opened again").isEqualTo(2);
        assertThat(count(VeloMetric.DLQ_FAILURES)).isEqualTo(2);
        assertThat(count(VeloMetric.RECORDS_SKIPPED)).isEqualTo(2);
        assertThat(count(VeloMetric.DLQ_RECORDS)).isOne();
        assertThat(errors.getCount())
                .isEqualTo(count(VeloMetric.RECORDS_SKIPPED) + count(VeloMetric.DLQ_RECORDS));
    }

    private FailureHandler handler(RowFate fate, DeadLetterPlan target) throws IOException {
        return new FailureHandler(
                new FailurePlan(fate, false, ORIGIN, target),
                errors,
                metrics,
                "a job",
                () ->
                        new HostedContext(
                                HostedJob.of(Map.of()),
                                new HostedTask(Map.of(), 0, 1),
                                SimpleUserCodeClassLoader.create(getClass().getClassLoader()),
                                metrics,
                                null));
    }

    private DeadLetterPlan plan(DeadLetterFailure onFailure, long maxBytes) {
        return new DeadLetterPlan(letters, null, "memory://target", maxBytes, true, onFailure);
    }

    private long count(VeloMetric metric) {
        return metrics.counter(metric).getCount();
    }

    private static BadRow bad(String value) {
        VeloException error =
                Problem.of(ErrorCode.SCHEMA_VALUE, "A value does not fit: CANARY.").toException();
        return BadRow.rejected(error, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A sink whose rows are durable after a flush, unless its server is away. */
    private static final class Letters implements Sink<RowData> {

        private static final long serialVersionUID = 1L;

        private final transient List<RowData> durable = new ArrayList<>();
        private boolean away;
        private int writers;

        @Override
        public SinkWriter<RowData> createWriter(WriterInitContext context) {
            writers++;
            List<RowData> open = new ArrayList<>();
            return new SinkWriter<>() {
                @Override
                public void write(RowData row, Context time) {
                    // The answer comes through the mailbox, as it does from a server.
                    context.getMailboxExecutor().execute(() -> open.add(row), "answer");
                }

                @Override
                public void flush(boolean end) throws IOException, InterruptedException {
                    if (away) {
                        throw new IOException("away");
                    }
                    while (context.getMailboxExecutor().tryYield()) {
                        // Until all answers are in.
                    }
                    durable.addAll(open);
                    open.clear();
                }

                @Override
                public void close() {
                    open.clear();
                }
            };
        }
    }
}
