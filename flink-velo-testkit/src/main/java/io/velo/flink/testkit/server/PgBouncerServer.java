// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.Locale;

/**
 * A PgBouncer before a PostgreSQL server, with its databases, for its user. Comes as a package of
 * the host's Debian release; elsewhere it cannot be had.
 */
public final class PgBouncerServer extends HostedServer {

    private static final String KIND = "pgbouncer";

    private final PostgresServer target;
    private final PoolMode mode;

    /** How long a client keeps a session of the server. */
    public enum PoolMode {
        /** As long as its connection is open. */
        SESSION,
        /** For one transaction. */
        TRANSACTION;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PgBouncerServer(ServerPlace place, PostgresServer target, PoolMode mode) {
        super(KIND, place);
        this.target = target;
        this.mode = mode;
    }

    /** A pooler before this running server, with a new temporary folder; not started. */
    public static PgBouncerServer before(PostgresServer target, PoolMode mode) {
        return new PgBouncerServer(ServerPlace.temporary(KIND), target, mode);
    }

    /** {@code postgresql://127.0.0.1:PORT}. */
    @Override
    public String uri() {
        return "postgresql://127.0.0.1:" + port();
    }

    @Override
    ServerProgram program() {
        return new PgBouncerProgram(place(), target, mode);
    }

    @Override
    ContainerImage image() {
        // From inside a container the server before which it stands cannot be reached.
        throw new ServerUnavailableException("PgBouncer does not run in a container here.");
    }
}
