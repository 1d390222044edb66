// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.testkit.server.Progress;
import io.velo.flink.testkit.server.Server;
import io.velo.flink.testkit.server.Servers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers that one command has started; they end with it. Not thread-safe. */
final class LocalServers implements AutoCloseable {

    private final List<Server> servers;

    private LocalServers(List<Server> servers) {
        this.servers = servers;
    }

    /**
     * Starts servers.
     *
     * @param kinds their kinds, separated by commas; none if empty
     * @throws IllegalArgumentException if a kind is unknown
     */
    static LocalServers start(String kinds, Console console) {
        Progress.listen(console::say);
        LocalServers started = new LocalServers(kinds.isBlank() ? List.of() : Servers.named(kinds));
        try {
            for (Server server : started.servers) {
                server.start();
                console.say("Server " + server.kind() + " listens on port " + server.port() + ".");
            }
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    List<ServerAddress> addresses() {
        return servers.stream().map(ServerAddress::of).toList();
    }

    /** The first server of a class, if one was started. */
    <S extends Server> Optional<S> find(Class<S> type) {
        return servers.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Environment variables with the addresses: {@code VELO_KAFKA_ADDRESS} and so on. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        addresses().forEach(address -> address.addVariables(variables));
        return variables;
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
    }
}
