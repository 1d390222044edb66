// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.clickhouse.shard.OnCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TRUNCATE and DELETE on a small HTTP server that says what its table is and yes to all else. */
class RowStatementsTest {

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile String engine;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    byte[] answer =
                            answer(new String(body, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private String answer(String sql) {
        if (sql.contains("system.tables")) {
            return engine + "\t\t\t\n";
        }
        if (sql.contains("system.columns")) {
            return "id\tInt32\t\t\n";
        }
        statements.add(sql);
        return "";
    }

    @Test
    void rowsOfADistributedTableAreRemovedOnItsShardsOnly() {
        engine = "Distributed\tDistributed(\\'all\\', \\'db\\', \\'near\\', rand())";
        assertThatThrownBy(() -> RowStatements.truncate(plan()))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("TRUNCATE of a Distributed table does not reach")
                .hasMessageContaining("TRUNCATE TABLE `db`.`near` ON CLUSTER `all`.");
        assertThatThrownBy(() -> RowStatements.delete(plan(), "id = 1"))
                .hasMessageContaining("DELETE FROM `db`.`near` ON CLUSTER `all` WHERE id = 1.");
        assertThat(statements).isEmpty();
    }

    @Test
    void rowsOfADistributedTableAreRemovedOnItsClusterIfThatIsGiven() {
        engine = "Distributed\tDistributed(\\'all\\', \\'db\\', \\'near\\', rand())";
        RowStatements.truncate(plan("all"));
        RowStatements.delete(plan("all"), "id = 1");
        assertThat(statements)
                .containsExactly(
                        "TRUNCATE TABLE `db`.`near` ON CLUSTER `all`",
                        "DELETE FROM `db`.`near` ON CLUSTER `all` WHERE id = 1");
        assertThatThrownBy(() -> RowStatements.truncate(plan("others")))
                .hasMessageContaining("Give on-cluster=all");
        assertThat(statements).hasSize(2);
    }

    @Test
    void rowsOfOtherTablesAreRemovedByTheServer() {
        engine = "MergeTree\tMergeTree ORDER BY id";
        RowStatements.truncate(plan());
        RowStatements.delete(plan(), "id = 1");
        assertThat(statements)
                .containsExactly("TRUNCATE TABLE `db`.`t`", "DELETE FROM `db`.`t` WHERE id = 1");
    }

    private SinkPlan plan() {
        return plan("");
    }

    private SinkPlan plan(String cluster) {
        ClickHouseTarget target = TestTarget.answering(server.getAddress().getPort());
        return new SinkPlan(
                target,
                "t",
                RowType.of(new IntType()),
                List.of(),
                SinkPlan.Changes.INSERTS,
                "",
                false,
                Guarantee.AT_LEAST_ONCE,
                false,
                DeleteMode.FAIL,
                "",
                false,
                "",
                new TableShape("", "", "", "", "", Map.of(), new OnCluster(cluster)),
                Placement.SERVER);
    }
}
