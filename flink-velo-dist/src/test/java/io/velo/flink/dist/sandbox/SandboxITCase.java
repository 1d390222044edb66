// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of plain Flink: no jar of Velo's connectors is on its class path. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SandboxITCase {

    private static final String TABLES =
            """
            SET 'table.dml-sync' = 'true';
            CREATE TABLE numbers (id BIGINT) WITH (
              'connector' = 'datagen', 'number-of-rows' = '20',
              'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '20');
            CREATE TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole');
            """;

    private static Sandbox sandbox;

    @TempDir Path files;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.standard().withTaskManagers(2, 2));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void runsAFileOfSql() throws IOException {
        List<String> lines = new ArrayList<>();
        Path file =
                sql(
                        TABLES
                                + "INSERT INTO nowhere SELECT id FROM numbers;\n"
                                + "SET 'execution.runtime-mode' = 'batch';\n"
                                + "SELECT SUM(id) AS total FROM numbers;\n");

        ProgramOutcome outcome = sandbox.runSql(file, lines::add);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(lines).anyMatch(line -> line.matches("\\|\\s+210 \\|"));
        assertThat(outcome.output()).doesNotContain("\u001b");
    }

    @Test
    void reportsAStatementThatCannotBePlannedAndStopsThere() throws IOException {
        Path file = sql(TABLES + "SELECT nonsense FROM numbers;\nSHOW TABLES;\n");

        ProgramOutcome outcome = sandbox.runSql(file);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("nonsense").doesNotContain("table name");
    }

    @Test
    void reportsAJobThatFails() throws IOException {
        Path file =
                sql(
                        "SET 'restart-strategy.type' = 'none';\n"
                                + TABLES
                                + "INSERT INTO nowhere"
                                + " SELECT CAST(CAST(id AS STRING) || 'x' AS BIGINT) FROM numbers;\n");

        ProgramOutcome outcome = sandbox.runSql(file);

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("NumberFormatException");
    }

    @Test
    void reportsAFileThatIsNotThere() {
        Path missing = files.resolve("missing.sql");

        assertThatThrownBy(() -> sandbox.runSql(missing))
                .isInstanceOf(SandboxException.class)
                .hasMessage("File " + missing + " cannot be read.");
    }

    @Test
    void replacesAKilledTaskManager() throws IOException {
        int first = sandbox.startTaskManager();
        sandbox.killTaskManager(first);

        int second = sandbox.startTaskManager();

        assertThat(second).isGreaterThan(first);
        assertThat(sandbox.logs().resolve("taskmanager-" + second + ".log")).exists();
        assertThat(sandbox.runSql(sql(TABLES + "INSERT INTO nowhere SELECT id FROM numbers;\n")))
                .matches(ProgramOutcome::succeeded);
    }

    @Test
    void refusesToKillATaskManagerThatNeverWas() {
        assertThatThrownBy(() -> sandbox.killTaskManager(99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is no TaskManager 99");
    }

    @Test
    void keepsItsAddressesToItself() throws IOException {
        assertThat(sandbox.webUi().getHost()).isEqualTo("127.0.0.1");
        for (long pid : sandbox.pids()) {
            assertThat(ListeningSockets.of(pid)).allMatch(ListeningSockets::isLoopback);
        }
    }

    private Path sql(String statements) throws IOException {
        return Files.writeString(files.resolve("statements.sql"), statements);
    }
}
