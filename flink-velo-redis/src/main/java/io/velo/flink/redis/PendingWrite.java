// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import org.apache.flink.table.data.RowData;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

/**
 * What shall happen to one key at the next flush. Immutable.
 *
 * @param kind what it is
 * @param commands the commands that do it
 * @param bytes about how many bytes go to the server
 * @param row the row, for the case that the server rejects it; null if nobody would ask for it
 */
record PendingWrite(Kind kind, CommandArguments[] commands, long bytes, RowData row) {

    /** What happens to a key. */
    enum Kind {
        /** A row is written. */
        WRITE,
        /** A row is written after another one was deleted: nothing of that may stay. */
        REPLACE,
        /** The row is deleted. */
        DELETE,
        /** The row had this key before an update, and may have it again after it. */
        LEAVE;

        /** Whether the key must be emptied before it is written again. */
        boolean clears() {
            return this == DELETE || this == REPLACE;
        }
    }

    /** A write by these commands. */
    static PendingWrite of(Kind kind, CommandArguments... commands) {
        long bytes = 0;
        for (CommandArguments command : commands) {
            for (Rawable argument : command) {
                bytes += argument.getRaw().length;
            }
        }
        return new PendingWrite(kind, commands, bytes, null);
    }

    /** The same write with its row. */
    PendingWrite withRow(RowData source) {
        return new PendingWrite(kind, commands, bytes, source);
    }
}
