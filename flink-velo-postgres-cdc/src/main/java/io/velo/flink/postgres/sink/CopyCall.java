// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** One {@code COPY … FROM STDIN (FORMAT binary)} of some rows of a batch. For one thread. */
final class CopyCall {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] END = {(byte) 0xFF, (byte) 0xFF};
    private static final int SLICE = 1 << 16;

    private final byte[] slice = new byte[SLICE];
    private final Runnable progress;

    /**
     * A call.
     *
     * @param progress called after every part that went out
     */
    CopyCall(Runnable progress) {
        this.progress = progress;
    }

    /** Copies rows; the server has taken them when this returns, but not committed. */
    void run(PostgresSession session, String sql, RowBatch batch, int[] rows, int from, int to)
            throws SQLException {
        CopyIn copy = session.driver().getCopyAPI().copyIn(sql);
        copy.writeToCopy(HEADER, 0, HEADER.length);
        int r = from;
        while (r < to) {
            int next = adjacent(batch, rows, r, to);
            if (next - r > 1) {
                direct(copy, batch.array(), batch.start(rows[r]), batch.end(rows[next - 1]));
                r = next;
            } else {
                r = gathered(copy, batch, rows, r, to);
            }
        }
        copy.writeToCopy(END, 0, END.length);
        copy.endCopy();
    }

    /** The end of the rows from here on that lie one behind the other. */
    private static int adjacent(RowBatch batch, int[] rows, int from, int to) {
        int next = from + 1;
        while (next < to && rows[next] == rows[next - 1] + 1) {
            next++;
        }
        return next;
    }

    private void direct(CopyIn copy, byte[] bytes, int start, int end) throws SQLException {
        for (int at = start; at < end; at += SLICE) {
            copy.writeToCopy(bytes, at, Math.min(SLICE, end - at));
            progress.run();
        }
    }

    /** Sends rows that lie apart in one piece; returns the first one that did not fit. */
    private int gathered(CopyIn copy, RowBatch batch, int[] rows, int from, int to)
            throws SQLException {
        int size = 0;
        int r = from;
        while (r < to) {
            int start = batch.start(rows[r]);
            int length = batch.end(rows[r]) - start;
            if (length > SLICE) {
                if (size == 0) {
                    direct(copy, batch.array(), start, start + length);
                    return r + 1;
                }
                break;
            }
            if (size + length > SLICE) {
                break;
            }
            System.arraycopy(batch.array(), start, slice, size, length);
            size += length;
            r++;
        }
        copy.writeToCopy(slice, 0, size);
        progress.run();
        return r;
    }
}
