// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.time.Duration;
import org.apache.flink.table.data.RowData;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Stores a row as a string that holds one JSON object: SET, with PX if keys shall expire. */
final class StringEncoder implements RowEncoder {

    private static final long serialVersionUID = 1L;
    private static final String MILLISECONDS = "PX";

    private final TextWriter object;
    private final long ttlMillis;

    /**
     * An encoder.
     *
     * @param object writes the whole row as one JSON object
     * @param ttl null for keys that do not expire
     */
    StringEncoder(JsonWriter object, Duration ttl) {
        this.object = JsonText.of(object);
        this.ttlMillis = ttl == null ? 0 : ttl.toMillis();
    }

    @Override
    public CommandArguments[] write(byte[] key, RowData row) {
        CommandArguments set = new CommandArguments(Command.SET).add(key).add(object.write(row, 0));
        if (ttlMillis > 0) {
            set.add(MILLISECONDS).add(ttlMillis);
        }
        return new CommandArguments[] {set};
    }

    /** SET always replaces the whole value. */
    @Override
    public CommandArguments[] replace(byte[] key, RowData row) {
        return write(key, row);
    }
}
