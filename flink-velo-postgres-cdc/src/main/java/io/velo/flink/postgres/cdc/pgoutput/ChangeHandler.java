// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.pgoutput;

/**
 * Receives the messages of the log in their order. Tuples are valid during the call only; their
 * byte arrays stay as they are. Implementations are used by one thread.
 */
public interface ChangeHandler {

    /**
     * A transaction begins.
     *
     * @param commitLsn where its commit stands: what orders transactions
     * @param commitMicros when it committed, in microseconds since 2000-01-01 UTC
     * @param xid the transaction, the low 32 bits of its number
     */
    void begin(long commitLsn, long commitMicros, int xid);

    /**
     * The transaction ends.
     *
     * @param commitLsn where its commit stands
     * @param endLsn the position behind the commit
     * @param commitMicros when it committed
     */
    void commit(long commitLsn, long endLsn, long commitMicros);

    /** The columns of a table whose changes follow. */
    void relation(Relation relation);

    /** A row was inserted. */
    void insert(int relation, Tuple row);

    /**
     * A row was updated.
     *
     * @param old the old row, or null if the server did not send it
     * @param oldIsFull whether the old row has all columns, not the key's alone
     */
    void update(int relation, Tuple old, boolean oldIsFull, Tuple row);

    /** A row was deleted; {@code old} holds all columns or the key's alone. */
    void delete(int relation, Tuple old, boolean oldIsFull);

    /** Tables were emptied. */
    void truncate(int[] relations);

    /** A block of a transaction that still runs begins. */
    void streamStart(int xid);

    /** The block ends. */
    void streamStop();

    /** The transaction whose blocks came before has committed. */
    void streamCommit(int xid, long commitLsn, long endLsn, long commitMicros);

    /** The transaction, or a part of it, was undone. */
    void streamAbort(int xid, int part);
}
