// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.docs.MetricTables;
import io.velo.flink.testkit.server.ClaimedPort;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the dashboard, the alert rules and the page name is exported by a running job. */
@Timeout(600)
class MetricsITCase {

    private static final Pattern NAME = Pattern.compile("flink_[A-Za-z0-9_]+");

    private final KafkaServer kafka = RequiredServer.kafka();
    private final RedisServer redis = RequiredServer.redis();
    private final String run = "m" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void everyNameIsExportedByARunningJob() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String file :
                new String[] {
                    "docs/metrics.md",
                    "docs/observability/velo-dashboard.json",
                    "docs/observability/velo-alerts.yml"
                }) {
            Set<String> here = names(Files.readString(VeloHome.resolve(file)));
            assertThat(here).as(file).isNotEmpty();
            named.addAll(here);
        }
        Set<String> velos =
                Arrays.stream(VeloMetric.values())
                        .map(MetricTables::prometheusName)
                        .collect(Collectors.toSet());
        assertThat(named).containsAll(velos);

        // Before the job: its source would fail until its sink has made the topic.
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(run, 1, (short) 1))).all().get();
        }
        try (ClaimedPort port = ClaimedPort.any();
                LocalCluster cluster = LocalCluster.start(1, 4, settings(port.number()))) {
            JobClient job = start(cluster);
            Set<String> exported = Set.of();
            long deadline = System.nanoTime() + Duration.ofSeconds(300).toNanos();
            while (!exported.containsAll(named) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                exported = names(page(port.number()));
            }
            job.cancel().join();
            assertThat(exported).containsAll(named);
        }
    }

    private static Map<String, String> settings(int port) {
        return Map.of(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port",
                Integer.toString(port),
                "execution.checkpointing.interval",
                "500 ms");
    }

    /** A Kafka topic, joined with Redis, into Redis, with all that Velo counts. */
    private JobClient start(LocalCluster cluster) {
        StreamTableEnvironment sql = StreamTableEnvironment.create(cluster.environment());
        sql.getConfig().set("table.exec.sink.require-on-conflict", "false");
        String topic = "'connector' = 'velo', 'uri' = 'kafka://" + kafka.bootstrapServers() + "/";
        sql.executeSql(
                "CREATE TABLE ids (id INT, seen AS LOCALTIMESTAMP) WITH ('connector' = 'datagen',"
                        + " 'rows-per-second' = '100')");
        sql.executeSql(
                "CREATE TABLE written (id INT, seen TIMESTAMP(3)) WITH (" + topic + run + "')");
        sql.executeSql(
                "CREATE TABLE events (id INT, seen TIMESTAMP(3), p AS PROCTIME(), WATERMARK FOR seen AS"
                        + " seen) WITH ("
                        + topic
                        + run
                        + "?offset=earliest')");
        String place = "'connector' = 'velo', 'uri' = 'redis://127.0.0.1:" + redis.port();
        sql.executeSql(
                "CREATE TABLE names (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ("
                        + place
                        + "?key_pattern="
                        + run
                        + "n:{id}&lookup_cache=partial&lookup_partial_cache_max_rows=100')");
        sql.executeSql(
                "CREATE TABLE counts (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ("
                        + place
                        + "?key_pattern="
                        + run
                        + "c:{id}', 'rate-limit' = '50', 'failure.strategy' = 'send-to-dlq',"
                        + " 'dlq.uri' = 'redis://127.0.0.1:"
                        + redis.port()
                        + "?key_pattern="
                        + run
                        + "d:{id}')");
        return sql.createStatementSet()
                .addInsertSql("INSERT INTO written SELECT id, seen FROM ids")
                .addInsertSql(
                        "INSERT INTO counts SELECT e.id, n.name FROM events AS e LEFT JOIN names"
                                + " FOR SYSTEM_TIME AS OF e.p AS n ON n.id = e.id")
                .execute()
                .getJobClient()
                .orElseThrow();
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
