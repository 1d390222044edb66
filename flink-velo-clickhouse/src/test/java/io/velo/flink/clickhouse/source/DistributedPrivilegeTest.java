// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Distributed table on a small HTTP server that does not let the login see clusters. */
class DistributedPrivilegeTest {

    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] asked = exchange.getRequestBody().readAllBytes();
                    String sql = new String(asked, StandardCharsets.UTF_8);
                    boolean denied = sql.contains("system.clusters");
                    byte[] answer = answer(sql).getBytes(StandardCharsets.UTF_8);
                    if (denied) {
                        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", "497");
                    }
                    exchange.sendResponseHeaders(denied ? 403 : 200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private static String answer(String sql) {
        if (sql.contains("system.clusters")) {
            return "Code: 497. DB::Exception: velo: Not enough privileges. (ACCESS_DENIED)";
        }
        return sql.contains("system.tables")
                ? "Distributed\tDistributed(\\'all\\', \\'db\\', \\'near\\', rand())\t\t\t\n"
                : sql.contains("system.columns") ? "n\tInt64\t\t\n" : "\n";
    }

    @Test
    void aLoginThatMayNotSeeClustersReadsThroughTheDistributedTable() throws Exception {
        ClickHouseTarget target = TestTarget.answering(server.getAddress().getPort());
        ScanPlan plan =
                ScanPlan.of(
                        target,
                        new ScanObject("db", "t", ""),
                        RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"n"}),
                        new ScanPlan.Reading("", false, new SplitSize(100, 1 << 30), false, true));
        assertThat(new SplitPlanner(plan).split())
                .singleElement()
                .satisfies(whole -> assertThat(whole.query()).endsWith("FROM `db`.`t`"));
    }
}
