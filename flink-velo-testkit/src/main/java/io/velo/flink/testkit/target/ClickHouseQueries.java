// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import io.velo.flink.testkit.server.ClickHouseServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Asks a ClickHouse server over HTTP, without Velo. Thread-safe. */
public record ClickHouseQueries(ClickHouseServer server) {

    /**
     * Runs a statement.
     *
     * @return its output, tab-separated
     * @throws IllegalStateException with the server's error
     */
    public String say(String statement) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.httpUrl()))
                        .header("X-ClickHouse-User", server.username())
                        .header("X-ClickHouse-Key", server.password())
                        .POST(HttpRequest.BodyPublishers.ofString(statement))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    /** Runs a query; the fields of each row as text, tabs and line breaks escaped. */
    public List<String[]> rows(String query) throws IOException, InterruptedException {
        return say(query).lines().map(line -> line.split("\t", -1)).toList();
    }
}
