// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Which transactions a statement of the server sees, as {@code pg_current_snapshot()} prints it:
 * {@code xmin:xmax:xip,xip}. Immutable, therefore thread-safe.
 *
 * <p>Only of a primary: on a standby the list of running transactions is empty.
 *
 * <p>Source: https://www.postgresql.org/docs/current/functions-info.html, "Snapshot Components".
 */
public final class ServerSnapshot implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long xmin;
    private final long xmax;
    private final long[] running;

    private ServerSnapshot(long xmin, long xmax, long[] running) {
        this.xmin = xmin;
        this.xmax = xmax;
        this.running = running;
    }

    /** The snapshot of its text. */
    public static ServerSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a snapshot: " + text);
        }
        long[] running =
                parts[2].isEmpty()
                        ? new long[0]
                        : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).toArray();
        Arrays.sort(running);
        return new ServerSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** The oldest transaction that may still run. */
    public long xmin() {
        return xmin;
    }

    /** The first transaction that has not begun. */
    public long xmax() {
        return xmax;
    }

    /** Whether the effects of this transaction are visible, if it committed. */
    public boolean sees(long xid) {
        return xid < xmin || xid < xmax && Arrays.binarySearch(running, xid) < 0;
    }

    /**
     * The same for a number of 32 bits as the log has it: of the numbers with these low bits the
     * one nearest to this snapshot is meant.
     */
    public boolean seesShort(int xid) {
        return sees(widen(xid));
    }

    /** The number with these low 32 bits that is nearest to {@link #xmax()}. */
    long widen(int xid) {
        return xmax + (xid - (int) xmax);
    }

    /**
     * The transactions that another snapshot sees and this one does not, although they may have
     * committed: what is in limbo between a slot's snapshot and an ordinary one.
     */
    public long[] missingFrom(ServerSnapshot other) {
        return LongStream.range(xmin, Math.max(xmin, other.xmax))
                .filter(xid -> other.sees(xid) && !sees(xid))
                .toArray();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(xmin).append(':').append(xmax).append(':');
        for (int i = 0; i < running.length; i++) {
            text.append(i > 0 ? "," : "").append(running[i]);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerSnapshot that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
