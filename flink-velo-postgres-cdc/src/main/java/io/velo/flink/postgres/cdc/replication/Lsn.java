// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import org.postgresql.replication.LogSequenceNumber;

/** Positions in PostgreSQL's log, as unsigned 64-bit numbers. Stateless, therefore thread-safe. */
public final class Lsn {

    /** No position. */
    public static final long NONE = 0;

    private Lsn() {}

    /** The position of a text such as {@code 0/16B3748}. */
    public static long of(String text) {
        return LogSequenceNumber.valueOf(text).asLong();
    }

    /** The text that PostgreSQL prints. */
    public static String text(long lsn) {
        return LogSequenceNumber.valueOf(lsn).asString();
    }
}
