// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.EndpointHealth;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.retry.RetryStrategy;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.testkit.server.ClaimedPort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisSessionTest {

    private static final RetryPlan QUICK =
            new RetryPlan(
                    RetryStrategy.EXPONENTIAL,
                    Duration.ofMillis(5),
                    Duration.ofMillis(9),
                    2,
                    Duration.ZERO,
                    0.2,
                    3,
                    Duration.ofMinutes(1));

    @Test
    void repeatsOnlyTheGroupsThatFailed() throws Exception {
        try (ScriptedServer server = new ScriptedServer("+OK", "-LOADING wait", "+OK", ":1", ":1");
                RedisSession session = new RedisSession(server.endpoint(), QUICK)) {
            CommandBatch batch =
                    new CommandBatch()
                            .single(del("a"))
                            .group()
                            .add(del("b"))
                            .add(del("c"))
                            .single(del("d"));

            Object[] replies = session.run(batch);

            assertThat(server.commands())
                    .containsExactly("DEL a", "DEL b", "DEL c", "DEL d", "DEL b", "DEL c");
            assertThat(replies[1]).isEqualTo(1L);
        }
    }

    @Test
    void repeatsEverythingUnansweredWhenTheConnectionIsLost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(":1", ScriptedServer.CUT, ":1", ":1");
                RedisSession session = new RedisSession(server.endpoint(), QUICK)) {
            Object[] replies = session.run(new CommandBatch().single(del("a")).single(del("b")));

            assertThat(replies).containsExactly(1L, 1L);
            assertThat(server.commands()).containsExactly("DEL a", "DEL b", "DEL a", "DEL b");
            assertThat(session.health().state()).isEqualTo(EndpointHealth.State.DEGRADED);
        }
    }

    @Test
    void handsErrorsBackThatRepeatingDoesNotCure() throws Exception {
        try (ScriptedServer server = new ScriptedServer("-WRONGTYPE no", ":1");
                RedisSession session = new RedisSession(server.endpoint(), QUICK)) {
            Object[] replies = session.run(new CommandBatch().single(del("a")).single(del("b")));

            assertThat(replies[0]).isInstanceOf(JedisDataException.class);
            assertThat(replies[1]).isEqualTo(1L);
            assertThat(server.commands()).hasSize(2);
        }
    }

    @Test
    void givesUpWhenAnErrorDoesNotPass() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer("-LOADING x", "-LOADING x", "-LOADING x", "+OK");
                RedisSession session = new RedisSession(server.endpoint(), QUICK)) {
            assertThatThrownBy(() -> session.run(new CommandBatch().single(del("a"))))
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("VELO-IO-005")
                    .hasMessageContaining("LOADING x");
            assertThat(server.commands()).hasSize(3);
            assertThat(session.health().state()).isEqualTo(EndpointHealth.State.UNHEALTHY);
            session.run(new CommandBatch().single(del("a")));
            assertThat(session.health().state()).isEqualTo(EndpointHealth.State.UNHEALTHY);
        }
    }

    @Test
    void connectsAgainWhenTheServerHasBecomeAReplica() throws Exception {
        try (ScriptedServer server = new ScriptedServer("-READONLY x", "+OK");
                RedisSession session = new RedisSession(server.endpoint(), QUICK)) {
            session.run(new CommandBatch().single(del("a")));

            assertThat(server.commands()).hasSize(2);
        }
    }

    @Test
    void saysWhichServerRefusesAndWhatToDo() {
        RedisEndpoint nobody =
                new RedisEndpoint("127.0.0.1", freePort(), 3, false, Credentials.NONE);
        try (RedisSession session = new RedisSession(nobody, QUICK)) {
            assertThatThrownBy(session::open)
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("VELO-IO-001")
                    .hasMessageContaining(
                            "Redis server " + nobody.address() + " refused the connection (3")
                    .hasMessageContaining("Is the server running")
                    .hasMessageContaining(nobody.shown());
        }
    }

    @Test
    void namesAHostThatNobodyKnows() {
        RedisEndpoint nowhere =
                new RedisEndpoint("no-such-host.invalid", 6379, 0, false, Credentials.NONE);
        try (RedisSession session = new RedisSession(nowhere, RetryPlan.ONCE)) {
            assertThatThrownBy(session::open)
                    .hasMessageContaining("VELO-IO-001")
                    .hasMessageContaining("No address is known for host 'no-such-host.invalid'.");
        }
    }

    @Test
    void saysThatAPortDoesNotSpeakTls() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            RedisEndpoint plain = server.endpoint();
            RedisEndpoint tls =
                    new RedisEndpoint(plain.host(), plain.port(), 0, true, Credentials.NONE);
            try (RedisSession session = new RedisSession(tls, RetryPlan.ONCE)) {
                assertThatThrownBy(session::open)
                        .isInstanceOf(VeloException.class)
                        .hasMessageContaining("rediss://");
            }
        }
    }

    private static CommandArguments del(String key) {
        return new CommandArguments(Command.DEL).add(key);
    }

    private static int freePort() {
        // Outgoing connections never have such a port.
        try (ClaimedPort port = ClaimedPort.any()) {
            return port.number();
        }
    }
}
