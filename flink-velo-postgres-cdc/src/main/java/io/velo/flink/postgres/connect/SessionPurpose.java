// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.time.Duration;

/** What a connection is for: decides how long it may stay without an answer. */
public enum SessionPurpose {
    /** A few short questions while a statement is planned or checked. */
    DISCOVERY(5, Duration.ofSeconds(5)),
    /** A COPY: the server may sort for a long time before it sends the first row. */
    SCAN(10, Duration.ZERO),
    /** Lookups: one batch is the work of milliseconds. */
    LOOKUP(10, Duration.ofSeconds(30)),
    /** Writes: one batch is the work of milliseconds, but may have to wait for a lock. */
    WRITE(10, Duration.ofSeconds(30)),
    /** Statements about definitions: the server may rewrite a whole table. */
    DEFINITION(10, Duration.ZERO),
    /** Short questions of a running change capture, and its slots and publications. */
    CAPTURE(10, Duration.ofSeconds(30)),
    /** The replication protocol: the server sends when there is something to send. */
    REPLICATION(10, Duration.ZERO);

    /**
     * A system property for tests of a line that hangs: how many seconds a write may stay without
     * an answer, if not 30.
     */
    public static final String WRITE_SECONDS = "velo.postgresql.write-seconds";

    private final int connectSeconds;
    private final Duration answer;

    SessionPurpose(int connectSeconds, Duration answer) {
        this.connectSeconds = connectSeconds;
        this.answer = answer;
    }

    /**
     * The longest wait for one server to accept the connection and the login. Somebody waits for a
     * discovery: its servers share the time.
     */
    int connectSeconds(int servers) {
        return this == DISCOVERY ? Math.max(1, connectSeconds / servers) : connectSeconds;
    }

    /** Whether a standby cannot serve. */
    boolean isForPrimary() {
        return isWriting() || this == CAPTURE || this == REPLICATION;
    }

    /** Whether something is written. */
    boolean isWriting() {
        return this == WRITE || this == DEFINITION;
    }

    /** The longest wait for an answer; zero for no limit. */
    public Duration answer() {
        return this == WRITE
                ? Duration.ofSeconds(Long.getLong(WRITE_SECONDS, answer.toSeconds()))
                : answer;
    }
}
