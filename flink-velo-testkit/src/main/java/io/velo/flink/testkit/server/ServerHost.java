// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.List;

/** Where a server runs: as a process of this machine, or in a container. Not thread-safe. */
interface ServerHost {

    void start();

    void stop();

    void kill();

    boolean isRunning();

    List<Long> pids();

    void pause();

    void resume();

    /** Ends the server for ever; the place's folder is deleted by its owner. */
    void dispose();
}
