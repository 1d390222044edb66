// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.Server;
import java.util.Locale;
import java.util.Map;

/**
 * Where a local server is and how to log in. The password is made up and thrown away together with
 * the server, and only this machine reaches it; that is why it may be shown.
 *
 * @param kind such as {@code postgres}
 * @param host always 127.0.0.1
 * @param port the TCP port for clients
 * @param username the user, or empty if there is no login
 * @param password the password, or empty if there is no login
 * @param serverUri the server as a Velo URI without a password
 */
record ServerAddress(
        String kind, String host, int port, String username, String password, String serverUri) {

    static ServerAddress of(Server server) {
        String username = "";
        String password = "";
        if (server instanceof PostgresServer postgres) {
            username = postgres.username();
            password = postgres.password();
        } else if (server instanceof ClickHouseServer clickhouse) {
            username = clickhouse.username();
            password = clickhouse.password();
        }
        return new ServerAddress(
                server.kind(), "127.0.0.1", server.port(), username, password, server.uri());
    }

    /** The server as a Velo URI that works as it is. */
    String uri() {
        return serverUri.replace("://" + username + "@", "://" + username + ":" + password + "@");
    }

    /** The server as {@code host:port}. */
    String address() {
        return host + ":" + port;
    }

    /**
     * Adds {@code VELO_KIND_ADDRESS}, and {@code VELO_KIND_USERNAME} and {@code VELO_KIND_PASSWORD}
     * if there is a login. Of two servers of one kind the first is meant.
     */
    void addVariables(Map<String, String> variables) {
        String name = "VELO_" + kind.toUpperCase(Locale.ROOT);
        if (variables.putIfAbsent(name + "_ADDRESS", address()) == null && !username.isEmpty()) {
            variables.put(name + "_USERNAME", username);
            variables.put(name + "_PASSWORD", password);
        }
    }

    /** One JSON object. */
    String json() {
        return String.format(
                "{\"kind\": \"%s\", \"host\": \"%s\", \"port\": %d, \"uri\": \"%s\"}",
                kind, host, port, uri());
    }
}
