// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Redis server. Acknowledged writes survive {@link #kill()}. */
public final class RedisServer extends HostedServer {

    private static final String KIND = "redis";

    private final String password;

    private RedisServer(ServerPlace place, String password) {
        super(KIND, place);
        if (!password.matches("[A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "A test password consists of ASCII letters, digits, '_' and '-'.");
        }
        this.password = password;
    }

    /** A server without password, with a new temporary folder; not started. */
    public static RedisServer create() {
        return new RedisServer(ServerPlace.temporary(KIND), "");
    }

    /** A server without password, with a new folder of its own in the given one; not started. */
    public static RedisServer create(Path workFolder) {
        return new RedisServer(ServerPlace.in(workFolder, KIND), "");
    }

    /**
     * A server that asks for this password (letters, digits, {@code _} and {@code -}), with a new
     * temporary folder; not started.
     */
    public static RedisServer createWithPassword(String password) {
        return new RedisServer(ServerPlace.temporary(KIND), password);
    }

    /** Always 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
    }

    /** The password of the user {@code default}; empty if the server asks for none. */
    public String password() {
        return password;
    }

    /** {@code redis://127.0.0.1:PORT}. */
    @Override
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    @Override
    ServerProgram program() {
        return new RedisProgram(place(), password);
    }

    @Override
    ContainerImage image() {
        List<String> command =
                new ArrayList<>(
                        List.of("redis-server", "--appendonly", "yes", "--appendfsync", "always"));
        if (!password.isEmpty()) {
            command.addAll(List.of("--requirepass", password));
        }
        return new ContainerImage(ServerVersions.REDIS_IMAGE, 6379, Map.of(), command, Map.of());
    }
}
