// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.util.List;

/**
 * Which of several servers is connected to, with the meaning that libpq gives the words.
 *
 * <p>Source: https://www.postgresql.org/docs/current/libpq-connect.html, "target_session_attrs".
 */
public enum TargetServer {
    /** The first one that answers. */
    ANY("any"),
    /** The first one that is not in recovery. */
    PRIMARY("primary"),
    /** The first one that is in recovery. */
    STANDBY("secondary"),
    /** The first one that is in recovery, otherwise the first one that answers. */
    PREFER_STANDBY("secondary", "any");

    private final List<String> rounds;

    TargetServer(String... rounds) {
        this.rounds = List.of(rounds);
    }

    /** What the driver is asked for, one pass over all servers after the other. */
    List<String> rounds() {
        return rounds;
    }
}
