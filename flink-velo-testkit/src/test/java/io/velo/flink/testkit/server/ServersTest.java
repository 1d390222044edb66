// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Servers}, and servers that are never started. */
class ServersTest {

    @TempDir Path work;

    @Test
    void namedServersComeInTheOrderOfTheList() {
        List<Server> servers = Servers.named("redis, postgres,redis");
        try {
            assertThat(servers)
                    .extracting(Server::kind)
                    .containsExactly("redis", "postgres", "redis");
            assertThat(servers).noneMatch(Server::isRunning);
            assertThat(servers).extracting(Server::port).doesNotHaveDuplicates();
        } finally {
            servers.forEach(Server::close);
        }
        assertThat(servers)
                .extracting(Server::folder)
                .noneMatch(folder -> folder.toFile().exists());
    }

    @Test
    void allKindsAreKnown() {
        assertThat(Servers.kinds()).containsExactly("postgres", "kafka", "redis", "clickhouse");
    }

    @Test
    void anUnknownNameIsRefusedWithAllKnownOnes() {
        assertThatThrownBy(() -> Servers.named("redis,mysql"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There is no server 'mysql'. Servers: postgres, kafka, redis, clickhouse.");
    }

    @Test
    void aServerThatIsDownHasNoProcessesAndCannotBePaused() {
        try (RedisServer server = RedisServer.create(work)) {
            assertThat(server.pids()).isEmpty();
            assertThatThrownBy(server::pause).hasMessageContaining("down");
            server.kill();
            server.stop();
            server.resume();
            assertThat(server.folder()).hasParent(work).isEmptyDirectory();
        }
    }

    @Test
    void aClosedServerCannotBeStarted() {
        RedisServer server = RedisServer.create(work);
        server.close();
        server.close();
        assertThatThrownBy(server::start).hasMessageContaining("closed");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void uriOfEachKind() {
        try (PostgresServer postgres = PostgresServer.create(work);
                KafkaServer kafka = KafkaServer.create(work);
                RedisServer redis = RedisServer.create(work);
                ClickHouseServer clickHouse = ClickHouseServer.create(work)) {
            assertThat(postgres.uri())
                    .isEqualTo("postgresql://velo@127.0.0.1:" + postgres.port() + "/velo");
            assertThat(kafka.uri()).isEqualTo("kafka://127.0.0.1:" + kafka.port());
            assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(clickHouse.uri())
                    .isEqualTo("clickhouse://velo@127.0.0.1:" + clickHouse.port() + "/default");
        }
    }
}
