// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Stores a row as a hash: HSET of all columns that are not NULL, HDEL of those that are, PEXPIRE if
 * keys shall expire. Several commands go as one transaction, so that nobody sees half a row.
 */
final class HashEncoder implements RowEncoder {

    private static final long serialVersionUID = 1L;

    private final byte[][] fields;
    private final int[] positions;
    private final TextWriter[] writers;
    private final long ttlMillis;

    /**
     * An encoder.
     *
     * @param columns the columns that are written; at least one of them is never NULL
     * @param ttl null for keys that do not expire
     */
    HashEncoder(List<ValueColumn> columns, Duration ttl) {
        this.fields = new byte[columns.size()][];
        this.positions = new int[fields.length];
        this.writers = new TextWriter[fields.length];
        for (int i = 0; i < fields.length; i++) {
            ValueColumn column = columns.get(i);
            fields[i] = column.field();
            positions[i] = column.position();
            writers[i] = writer(column.type()).orElseThrow();
        }
        this.ttlMillis = ttl == null ? 0 : ttl.toMillis();
    }

    /** The writer of a type, or nothing if a hash field has no form for it. */
    static Optional<TextWriter> writer(LogicalType type) {
        return JsonReaders.isNested(type)
                ? JsonWriters.of(type).map(JsonText::of)
                : TextWriters.of(type);
    }

    @Override
    public CommandArguments[] write(byte[] key, RowData row) {
        List<CommandArguments> commands = new ArrayList<>(3);
        addFields(commands, key, row);
        return commands.size() == 1
                ? new CommandArguments[] {commands.get(0)}
                : transaction(commands);
    }

    @Override
    public CommandArguments[] replace(byte[] key, RowData row) {
        List<CommandArguments> commands = new ArrayList<>(4);
        commands.add(new CommandArguments(Command.DEL).add(key));
        addFields(commands, key, row);
        return transaction(commands);
    }

    private void addFields(List<CommandArguments> commands, byte[] key, RowData row) {
        CommandArguments set = new CommandArguments(Command.HSET).add(key);
        CommandArguments remove = null;
        for (int i = 0; i < fields.length; i++) {
            if (!row.isNullAt(positions[i])) {
                set.add(fields[i]).add(writers[i].write(row, positions[i]));
            } else {
                if (remove == null) {
                    remove = new CommandArguments(Command.HDEL).add(key);
                }
                remove.add(fields[i]);
            }
        }
        commands.add(set);
        if (remove != null) {
            commands.add(remove);
        }
        if (ttlMillis > 0) {
            commands.add(new CommandArguments(Command.PEXPIRE).add(key).add(ttlMillis));
        }
    }

    private static CommandArguments[] transaction(List<CommandArguments> commands) {
        CommandArguments[] all = new CommandArguments[commands.size() + 2];
        all[0] = new CommandArguments(Command.MULTI);
        for (int i = 0; i < commands.size(); i++) {
            all[i + 1] = commands.get(i);
        }
        all[all.length - 1] = new CommandArguments(Command.EXEC);
        return all;
    }
}
