// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All servers of this JVM that are not closed; the end of the JVM closes them. */
final class OpenServers {

    private static final Set<Server> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(OpenServers::closeAll, "velo-close-servers"));
    }

    private OpenServers() {}

    static void add(Server server) {
        OPEN.add(server);
    }

    static void remove(Server server) {
        OPEN.remove(server);
    }

    private static void closeAll() {
        OPEN.forEach(Server::close);
    }
}
