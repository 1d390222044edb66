// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of real servers hit, and are over when they are ended. */
@Timeout(300)
class ServerFaultsITCase {

    private static final int WORK = 4_000;
    private static final int FAULTS = 4;

    @Test
    void killsAServerAgainAndAgainWhileItIsUsedAndLosesNothing() throws Exception {
        try (RedisServer redis = RequiredServer.started(RedisServer.create())) {
            AtomicLong done = new AtomicLong();
            try (FaultSchedule schedule =
                    FaultSchedule.start(
                            3,
                            List.of(ProcessFaults.kill(redis), ProcessFaults.restart(redis)),
                            FAULTS,
                            Duration.ofMillis(50),
                            () -> (double) done.get() / WORK)) {
                while (done.get() < WORK) {
                    boolean pushed = push(redis.port(), done.get());
                    // No further than where the next fault begins: it must not come too late.
                    if (pushed && done.get() < WORK * mayBeDone(schedule.landings().size())) {
                        done.incrementAndGet();
                    }
                }
                schedule.close();
                assertThat(schedule.landings()).hasSize(FAULTS).allMatch(Landing::counts);
                schedule.requireLandings();
            }
            try (EchoClient client = new EchoClient(redis.port())) {
                assertThat(client.send("SCARD done\r\n").read(5)).isEqualTo(":" + WORK);
            }
        }
    }

    /** Faults begin in turn between 15 and 80 % of the work. */
    private static double mayBeDone(int faults) {
        return faults == FAULTS ? 1 : 0.15 + 0.65 * (faults + 1) / FAULTS;
    }

    private static boolean push(int port, long number) {
        try (EchoClient client = new EchoClient(port)) {
            String answer = client.send("SADD done " + number + "\r\n").read(2);
            return answer.equals(":1") || answer.equals(":0");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void pausesAServerSoThatItAnswersLate() throws Exception {
        try (RedisServer redis = RequiredServer.started(RedisServer.create());
                EchoClient client = new EchoClient(redis.port())) {
            Fault pause = ProcessFaults.pause(redis);
            pause.begin();
            client.patience(300).send("PING\r\n");
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(pause.end()).isEqualTo(Fault.Effect.DISTURBED);
            assertThat(client.patience(60_000).read(5)).isEqualTo("+PONG");
        }
    }

    @Test
    void fillsTheDiskOfPostgresForAWhile() throws Exception {
        try (PostgresServer postgres = RequiredServer.started(PostgresServer.create());
                Connection connection = open(postgres);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE t (id bigint, text text)");
            Fault full = DiskFaults.full(postgres, 16 << 20);
            full.begin();
            assertThatThrownBy(() -> fill(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("could not extend file");
            assertThat(full.end()).isEqualTo(Fault.Effect.DISTURBED);
            fill(sql);
            try (ResultSet count = sql.executeQuery("SELECT count(*) FROM t")) {
                count.next();
                assertThat(count.getLong(1)).isEqualTo(40_000);
            }
        }
    }

    private static void fill(Statement sql) throws SQLException {
        sql.execute("INSERT INTO t SELECT i, repeat('x', 900) FROM generate_series(1, 40000) i");
    }

    private static Connection open(PostgresServer postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(postgres.database()), postgres.username(), postgres.password());
    }
}
