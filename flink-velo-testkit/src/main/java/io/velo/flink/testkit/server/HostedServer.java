// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.List;

/** What the four servers have in common: a place, and a host that is chosen at the first start. */
abstract class HostedServer implements Server {

    private final String kind;
    private final ServerPlace place;
    private ServerHost host;
    private boolean closed;

    HostedServer(String kind, ServerPlace place) {
        this.kind = kind;
        this.place = place;
        OpenServers.add(this);
    }

    /** How the server runs as a plain process. */
    abstract ServerProgram program();

    /** How it runs in a container. */
    abstract ContainerImage image();

    ServerPlace place() {
        return place;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final synchronized void start() {
        if (closed) {
            throw new ServerException("The " + kind + " server is closed: create a new one.");
        }
        if (host == null) {
            host = chooseHost();
        }
        if (!host.isRunning()) {
            host.start();
        }
    }

    private ServerHost chooseHost() {
        ServerProgram program = program();
        if (System.getProperty("velo.servers", "process").equals("docker")) {
            if (!DockerServer.isPossible()) {
                throw new ServerUnavailableException(
                        "No Docker engine answers, or Testcontainers is missing, but velo.servers is"
                                + " 'docker'. Start the engine, or set velo.servers to 'process'.");
            }
            return container(program);
        }
        try {
            program.fetch();
        } catch (ServerUnavailableException e) {
            if (DockerServer.isPossible()) {
                return container(program);
            }
            throw e;
        }
        return new ProcessHost(kind, program, place);
    }

    private ServerHost container(ServerProgram program) {
        return new DockerServer(image(), place.port(), program);
    }

    @Override
    public final synchronized void stop() {
        if (isRunning()) {
            host.stop();
        }
    }

    @Override
    public final synchronized void kill() {
        if (isRunning()) {
            host.kill();
        }
    }

    @Override
    public final synchronized void restart() {
        stop();
        start();
    }

    @Override
    public final synchronized boolean isRunning() {
        return host != null && host.isRunning();
    }

    @Override
    public final int port() {
        return place.port();
    }

    @Override
    public final Path folder() {
        return place.folder();
    }

    @Override
    public final synchronized List<Long> pids() {
        return host == null ? List.of() : host.pids();
    }

    @Override
    public final synchronized void pause() {
        if (!isRunning()) {
            throw new ServerException("The " + kind + " server is down: start it first.");
        }
        host.pause();
    }

    @Override
    public final synchronized void resume() {
        if (isRunning()) {
            host.resume();
        }
    }

    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (host != null) {
                host.dispose();
            }
        } finally {
            place.close();
            OpenServers.remove(this);
        }
    }

    /** Such as {@code redis on port 12345}. */
    @Override
    public final String toString() {
        return kind + " on port " + port();
    }
}
