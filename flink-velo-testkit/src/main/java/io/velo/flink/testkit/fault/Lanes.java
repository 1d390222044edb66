// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.util.function.Consumer;

/** The faults of both directions. */
final class Lanes {

    private final Lane toServer = new Lane();
    private final Lane toClient = new Lane();

    Lane of(Way way) {
        return way == Way.TO_SERVER ? toServer : toClient;
    }

    void each(Consumer<Lane> action) {
        action.accept(toServer);
        action.accept(toClient);
    }
}
