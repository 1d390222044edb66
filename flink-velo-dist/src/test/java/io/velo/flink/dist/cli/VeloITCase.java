// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code velo}, as a user runs it. */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class VeloITCase {

    private static final Pattern SERVER =
            Pattern.compile("\\[\\{\"kind\": \"redis\", .*\"port\": (\\d+), \"uri\": \"(.*)\"}]");

    @TempDir Path folder;

    @Test
    void runsServersUntilItIsInterruptedAndChecksThem() throws Exception {
        ScriptRun servers = ScriptRun.start(folder, "servers", "redis", "--json");
        Matcher server = SERVER.matcher(servers.nextLine());
        assertThat(server.matches()).isTrue();
        int port = Integer.parseInt(server.group(1));

        CommandRun check =
                CommandRun.of("check", server.group(2) + "?key_pattern=a:{id}&columns=id INT");
        assertThat(check.out()).startsWith("ok ");
        assertThat(listens(port)).isTrue();
        servers.interrupt();

        assertThat(servers.exitCode()).isEqualTo(130);
        Await.untilHolds(() -> assertThat(listens(port)).isFalse());
    }

    @Test
    void runsAFileWithServersOfItsOwn() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("users.sql"),
                        """
                        SET 'table.dml-sync' = 'true';
                        CREATE TABLE users (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                        WITH ('connector' = 'velo',
                          'uri' = 'redis://${env:VELO_REDIS_ADDRESS}?key_pattern=user:{id}');
                        SET 'table.exec.sink.require-on-conflict' = 'false';
                        INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');
                        CREATE TABLE ids (id INT, t AS PROCTIME()) WITH ('connector' = 'datagen',
                          'number-of-rows' = '2', 'fields.id.kind' = 'sequence',
                          'fields.id.start' = '1', 'fields.id.end' = '2');
                        SELECT u.name FROM ids
                        JOIN users FOR SYSTEM_TIME AS OF ids.t AS u ON u.id = ids.id;
                        """);

        ScriptRun run = ScriptRun.start(folder, "sql", "--servers", "redis", "-f", file.toString());
        String output = run.remainingOutput();

        assertThat(run.exitCode()).as(output + run.errors()).isZero();
        assertThat(output).contains("Ada", "Grace");
    }

    @Test
    void endsWithCodeOneIfAStatementFails() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.sql"), "SELECT * FROM nothing;\n");

        ScriptRun run = ScriptRun.start(folder, "sql", "-f", "wrong.sql");
        String output = run.remainingOutput();

        assertThat(file).exists();
        assertThat(run.exitCode()).as(output + run.errors()).isEqualTo(1);
        assertThat(output).contains("nothing");
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }
}
