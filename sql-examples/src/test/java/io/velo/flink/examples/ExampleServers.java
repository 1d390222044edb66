// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.dist.demo.DemoData;
import io.velo.flink.dist.sandbox.SandboxOptions;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The four servers of the examples, shared by the tests of this JVM, and how to ask them. */
final class ExampleServers {

    private final PostgresServer postgres = RequiredServer.postgres();
    private final KafkaServer kafka = RequiredServer.kafka();
    private final RedisServer redis = RequiredServer.redis();
    private final ClickHouseServer clickhouse = RequiredServer.clickhouse();

    PostgresServer postgres() {
        return postgres;
    }

    KafkaServer kafka() {
        return kafka;
    }

    RedisServer redis() {
        return redis;
    }

    ClickHouseServer clickhouse() {
        return clickhouse;
    }

    /** The data of the quickstart. */
    static DemoData data() {
        return new DemoData(file("data"));
    }

    /** A file of this module. */
    static Path file(String name) {
        return VeloHome.resolve("sql-examples").resolve(name);
    }

    /** A cluster that has nothing of Velo but the bundle and knows the addresses of the servers. */
    SandboxOptions sandbox(int taskManagers) {
        return SandboxOptions.standard()
                .withTaskManagers(taskManagers, 4)
                .withCheckpointInterval(Duration.ofMillis(500))
                .withJars(VeloHome.bundle())
                .withEnvironment(
                        Map.of(
                                "VELO_POSTGRES_ADDRESS", "127.0.0.1:" + postgres.port(),
                                "VELO_POSTGRES_PASSWORD", postgres.password(),
                                "VELO_KAFKA_ADDRESS", kafka.bootstrapServers(),
                                "VELO_REDIS_ADDRESS", "127.0.0.1:" + redis.port(),
                                "VELO_CLICKHOUSE_ADDRESS", "127.0.0.1:" + clickhouse.port()));
    }

    /** The lines of ClickHouse's answer, columns separated by tabs. */
    List<String> askClickHouse(String query) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(clickhouse.httpUrl()))
                        .POST(BodyPublishers.ofString(query))
                        .build();
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body().lines().toList();
    }
}
