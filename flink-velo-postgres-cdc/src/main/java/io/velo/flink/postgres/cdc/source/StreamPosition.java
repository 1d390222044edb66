// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

/**
 * How far the changes of a slot were emitted. Transactions are ordered by where their commit
 * stands, changes in one by their ordinal; the position of a single change orders nothing.
 * Immutable, therefore thread-safe.
 *
 * @param timeline the timeline of the log in which all positions stand
 * @param endLsn the position behind the last transaction that was emitted whole, or what the server
 *     said it has passed since: reading starts here
 * @param commitLsn the commit of that transaction: no earlier one is emitted again
 * @param openCommitLsn the commit of the transaction that was emitted in part, or 0
 * @param openXid its number
 * @param ordinal how many of its changes were passed
 * @param changeLsn where the last of them stands, to recognize it
 */
public record StreamPosition(
        int timeline,
        long endLsn,
        long commitLsn,
        long openCommitLsn,
        int openXid,
        long ordinal,
        long changeLsn) {

    /** The begin of a slot. */
    public static StreamPosition at(int timeline, long lsn) {
        return new StreamPosition(timeline, lsn, 0, 0, 0, 0, 0);
    }

    /** In the middle of a transaction. */
    StreamPosition inside(long commit, int xid, long passed, long change) {
        return new StreamPosition(timeline, endLsn, commitLsn, commit, xid, passed, change);
    }

    /** The same, where a later timeline has everything before it, too. */
    StreamPosition on(int later) {
        return new StreamPosition(
                later, endLsn, commitLsn, openCommitLsn, openXid, ordinal, changeLsn);
    }
}
