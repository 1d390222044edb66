// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs a server as a plain process. */
final class ProcessHost implements ServerHost {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final String kind;
    private final ServerProgram program;
    private final ServerPlace place;
    private LeashedProcess process;

    ProcessHost(String kind, ServerProgram program, ServerPlace place) {
        this.kind = kind;
        this.program = program;
        this.place = place;
    }

    @Override
    public void start() {
        // A server that died by itself leaves its leash behind.
        kill();
        try {
            program.prepare();
            process = program.launch();
        } catch (IOException e) {
            throw new ServerException("The " + kind + " server cannot be started.", e);
        }
        try {
            if (!Readiness.await(program, process::isAlive, START_LIMIT)) {
                throw new ServerException(failure());
            }
            LoopbackCheck.check(process.pid(), place.port());
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    private String failure() {
        String what =
                process.isAlive()
                        ? " did not answer within " + START_LIMIT.toSeconds() + " s"
                        : " ended while it was starting";
        return "The "
                + kind
                + " server on port "
                + place.port()
                + what
                + ". Its log ends with: "
                + place.endOfLog();
    }

    @Override
    public void stop() {
        if (process != null) {
            resume();
            process.end(program.endSignal(), STOP_LIMIT);
            process = null;
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public List<Long> pids() {
        return process == null ? List.of() : process.pids();
    }

    @Override
    public void pause() {
        requireRunning().signalAll("STOP");
    }

    @Override
    public void resume() {
        if (isRunning()) {
            process.signalAll("CONT");
        }
    }

    @Override
    public void dispose() {
        // Nobody needs the data any more, so there is no reason to wait for good order.
        kill();
    }

    private LeashedProcess requireRunning() {
        if (!isRunning()) {
            throw new ServerException("The " + kind + " server is down: start it first.");
        }
        return process;
    }
}
