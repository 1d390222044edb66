// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.SandboxException;
import io.velo.flink.testkit.server.ClickHouseServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The tables that the demo has written, read back from ClickHouse itself. */
final class DemoResult {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROWS = 10;
    private static final String ONE_ROW_PER_KEY = " SETTINGS final = 1";

    private final ClickHouseServer clickhouse;

    DemoResult(LocalServers servers) {
        this.clickhouse = servers.find(ClickHouseServer.class).orElseThrow();
    }

    /** Prints how many rows each table has, and those with the most flights. */
    void print(PrintStream out) {
        List<String> tables = query("SHOW TABLES FROM default").lines().toList();
        if (tables.isEmpty()) {
            throw new SandboxException("ClickHouse holds no table: nothing was written.");
        }
        for (String table : tables) {
            String from = " FROM `" + table.replace("`", "``") + "`";
            String count = query("SELECT count()" + from + ONE_ROW_PER_KEY).strip();
            out.println();
            out.println(
                    "ClickHouse, table "
                            + table
                            + ": "
                            + count
                            + " rows, those with the most flights:");
            out.print(
                    query(
                            "SELECT COLUMNS('^[^_]')"
                                    + from
                                    + " ORDER BY flights DESC, day, state LIMIT "
                                    + ROWS
                                    + ONE_ROW_PER_KEY
                                    + " FORMAT PrettyCompactMonoBlock"));
        }
    }

    private String query(String sql) {
        String login = clickhouse.username() + ":" + clickhouse.password();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(clickhouse.httpUrl()))
                        .timeout(PATIENCE)
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        login.getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new SandboxException("ClickHouse refused a query: " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new SandboxException("ClickHouse does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Reading the result was interrupted.", e);
        }
    }
}
