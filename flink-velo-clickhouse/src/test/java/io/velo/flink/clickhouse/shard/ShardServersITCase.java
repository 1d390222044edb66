// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.TwoShards;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.shard.ClusterReader.Cluster;
import io.velo.flink.clickhouse.shard.ClusterReader.Node;
import io.velo.flink.clickhouse.shard.ClusterReader.Replica;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.testkit.server.ClickHouseServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers on one host, each with ports of its own: the shards of one cluster. */
class ShardServersITCase {

    private static final String CLUSTER = "velo_servers";

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static TwoShards shards;
    private static TestTarget first;
    private static TestTarget second;

    private HttpTransport transport;
    private Cluster cluster;

    @BeforeAll
    static void start() {
        shards = TwoShards.start();
        first = shards.first();
        second = shards.second();
        fill(first, 1);
        fill(second, 2);
        first.sql(
                "CREATE TABLE d (n Int64, p UInt8) ENGINE = Distributed("
                        + CLUSTER
                        + ", "
                        + first.database()
                        + ", t)");
    }

    @AfterAll
    static void close() {
        shards.close();
    }

    private static void fill(TestTarget server, int shard) {
        String table = first.database() + ".t";
        server.sql(
                "CREATE TABLE "
                        + table
                        + " (n Int64, p UInt8) ENGINE = MergeTree PARTITION BY p ORDER BY n");
        server.sql(
                "INSERT INTO "
                        + table
                        + " SELECT number, number % 3 FROM numbers("
                        + shard * 10_000
                        + ", "
                        + shard * 1_000
                        + ")");
    }

    @BeforeEach
    void askForTheCluster() throws IOException {
        transport = first.transport(Compression.NONE);
        cluster = new ClusterReader(transport).cluster(CLUSTER);
    }

    @Test
    void everyRowOfBothServersIsReadOnceThoughTheUriHasOnePort() throws Exception {
        long before = reads(second);
        assertThat(rows("&split_rows=100")).containsExactly("+I[3000, 52498500, 2]");
        assertThat(reads(second)).isGreaterThan(before + 1);
        assertThat(rows("&use_local=false")).containsExactly("+I[3000, 52498500, 2]");
    }

    @Test
    void aServerIsFoundAtThePortThatItNamesIfAnotherOneAnswersAtThatOfTheUri() throws Exception {
        assertThat(find(transport, cluster, 1))
                .containsExactly(entry(address(shards.servers().get(0)), identity(first)));
        assertThat(find(transport, cluster, 2))
                .containsExactly(entry(address(shards.servers().get(1)), identity(second)));
    }

    @Test
    void aServerThatIsNoneOfTheClusterIsNotTakenForAShard() throws Exception {
        try (ClickHouseServer foreign = ClickHouseServer.create()) {
            foreign.start();
            TestTarget there = TestTarget.on(foreign);
            HttpTransport behind = there.transport(Compression.NONE);
            // At the port of the URI of every host of the cluster, the foreign server answers.
            assertThat(find(behind, cluster, 1)).isEmpty();
            assertThat(find(behind, cluster, 2)).isEmpty();
        }
    }

    @Test
    void aServerProvesWhoItIsByItsOwnListWhereTheLoginMayNotHaveOthersAsked() throws Exception {
        HttpTransport reader = new HttpTransport(asReader(first.target(Compression.NONE)));
        assertThatThrownBy(() -> new ClusterReader(reader).onEach(CLUSTER, "1"))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("REMOTE");
        // Nothing but their own lists tells that the servers are not local.
        Replica named = remote(shards.servers().get(0).nativePort());
        assertThat(new ShardServers(of(CLUSTER, named), reader).find(List.of(named)))
                .containsExactly(entry(address(shards.servers().get(0)), identity(first)));
        // Only the other server answers at the port of the URI, and finds another node in itself.
        Replica other = remote(shards.servers().get(1).nativePort());
        assertThat(new ShardServers(of(CLUSTER, other), reader).find(List.of(other))).isEmpty();
    }

    @Test
    void aServerThatIsDownIsLeftOut() throws Exception {
        Replica down = new Replica(new Node("127.0.0.9", 9000), false, "");
        Replica here = cluster.shards().get(1).get(0);
        ShardServers search = new ShardServers(cluster, transport);
        assertThat(search.find(List.of(down, here)))
                .containsOnlyKeys(address(shards.servers().get(0)));
        assertThatThrownBy(() -> search.find(List.of(down))).isInstanceOf(IOException.class);
    }

    @Test
    void theNameOfTheUriIsUsedOnlyWhereItLeadsToTheServer() {
        Replica loopback = new Replica(new Node("localhost", 9000), true, "");
        Replica other = new Replica(new Node("127.0.0.1", 9001), false, "");
        assertThat(afar(loopback, other).addresses(List.of(loopback, other)))
                .containsExactly("shop.example:8123");
        // A balancer's address stands for the server that was asked only if there is one shard.
        Replica named = new Replica(new Node("h1.example", 9000), true, "");
        assertThat(afar(named, other).addresses(List.of(named))).containsExactly("h1.example:8123");
        assertThat(afar(named).addresses(List.of(named)))
                .containsExactly("shop.example:8123", "h1.example:8123");
    }

    @Test
    void thePinHoldsOnItsServerAndFailsOnTheOther() {
        String pinned = "SELECT count() FROM system.one WHERE ";
        String pin = ServerPin.condition(Set.of(identity(first)));
        assertThat(first.value(pinned + pin)).isEqualTo("1");
        assertThatThrownBy(() -> second.transport(Compression.NONE).rows(pinned + pin))
                .satisfies(failure -> assertThat(ServerPin.failed(failure)).isTrue());
    }

    private static Map<String, String> find(HttpTransport uri, Cluster cluster, int shard)
            throws IOException {
        return new ShardServers(cluster, uri).find(cluster.shards().get(shard));
    }

    private static ClickHouseTarget asReader(ClickHouseTarget target) {
        return new ClickHouseTarget(
                target.hosts(),
                target.tls(),
                new Credentials("velo_reader", target.credentials().password()),
                target.database(),
                target.compression(),
                WireFormat.NATIVE,
                target.settings(),
                target.socketTimeout(),
                target.insertTimeout(),
                target.place());
    }

    private static Replica remote(int nativePort) {
        return new Replica(new Node("127.0.0.1", nativePort), false, "");
    }

    private static Cluster of(String name, Replica... shards) {
        Map<Integer, List<Replica>> byNumber = new TreeMap<>();
        for (Replica each : shards) {
            byNumber.put(byNumber.size() + 1, List.of(each));
        }
        return new Cluster(name, "another", byNumber);
    }

    private static ShardServers afar(Replica... shards) {
        ClickHouseTarget target = first.target(Compression.NONE);
        return new ShardServers(
                of("afar", shards),
                new HttpTransport(target.on(List.of("shop.example:8123"), target.database())));
    }

    private static String address(ClickHouseServer server) {
        return server.host() + ":" + server.port();
    }

    private static String identity(TestTarget server) {
        return server.value("SELECT " + ServerPin.IDENTITY);
    }

    /** The SELECT statements that the server has begun since it was started. */
    private static long reads(TestTarget server) {
        return Long.parseLong(
                server.value("SELECT value FROM system.events WHERE event = 'SelectQuery'"));
    }

    private static List<String> rows(String more) throws Exception {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "2");
        env.executeSql(
                "CREATE TABLE d (n BIGINT, p SMALLINT) WITH ('connector' = 'velo', 'uri' = '"
                        + first.uri("d", more)
                        + "', 'username' = 'velo', 'password' = 'velo')");
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results =
                env.executeSql("SELECT COUNT(*), SUM(n), MAX(p) FROM d").collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
