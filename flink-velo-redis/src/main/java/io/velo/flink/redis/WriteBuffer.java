// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * What a writer has not sent yet: at most one write per key, the last one. Rows are encoded when
 * they come, so none is kept. Not thread-safe.
 */
final class WriteBuffer {

    private final String table;
    private final KeyTemplate template;
    private final RowEncoder encoder;
    private final Map<KeyBytes, PendingWrite> writes = new LinkedHashMap<>();
    private long bytes;

    /**
     * An empty buffer.
     *
     * @param table the table's name in Flink, for messages
     */
    WriteBuffer(String table, KeyTemplate template, RowEncoder encoder) {
        this.table = table;
        this.template = template;
        this.encoder = encoder;
    }

    /**
     * Takes one change of the table.
     *
     * @param kept the row, if it is to be kept with its write; else null
     * @return whether it took the place of an earlier change of its key
     * @throws io.velo.flink.common.error.VeloException if a column of the key is NULL
     */
    boolean add(RowData row, RowData kept) {
        byte[] bytesOfKey = template.keyOf(row);
        if (bytesOfKey == null) {
            throw nullInKey();
        }
        KeyBytes key = KeyBytes.of(bytesOfKey);
        PendingWrite before = writes.get(key);
        boolean cleared = before != null && before.kind().clears();
        PendingWrite next =
                switch (row.getRowKind()) {
                    case INSERT, UPDATE_AFTER ->
                            cleared
                                    ? PendingWrite.of(
                                            PendingWrite.Kind.REPLACE,
                                            encoder.replace(bytesOfKey, row))
                                    : PendingWrite.of(
                                            PendingWrite.Kind.WRITE,
                                            encoder.write(bytesOfKey, row));
                    case DELETE -> delete(PendingWrite.Kind.DELETE, bytesOfKey);
                    case UPDATE_BEFORE ->
                            delete(
                                    cleared ? PendingWrite.Kind.DELETE : PendingWrite.Kind.LEAVE,
                                    bytesOfKey);
                };
        writes.put(key, kept == null ? next : next.withRow(kept));
        bytes += next.bytes() - (before == null ? 0 : before.bytes());
        return before != null;
    }

    /** Keys that are waiting. */
    int size() {
        return writes.size();
    }

    /** About how many bytes are waiting. */
    long bytes() {
        return bytes;
    }

    /** The waiting writes, one group per key. */
    CommandBatch batch() {
        CommandBatch batch = new CommandBatch();
        for (PendingWrite write : writes.values()) {
            batch.group();
            for (CommandArguments command : write.commands()) {
                batch.add(command);
            }
        }
        return batch;
    }

    /** The waiting writes with their keys, in the order of the groups. */
    Map<KeyBytes, PendingWrite> writes() {
        return writes;
    }

    /** Forgets the waiting writes. */
    void clear() {
        writes.clear();
        bytes = 0;
    }

    private static PendingWrite delete(PendingWrite.Kind kind, byte[] key) {
        return PendingWrite.of(kind, new CommandArguments(Command.DEL).add(key));
    }

    private RuntimeException nullInKey() {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A row has NULL in a column of the key template '" + template + "'.")
                .at(table)
                .remedy("Filter such rows, or replace NULL by COALESCE.")
                .toException();
    }
}
