// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Splits as bytes for checkpoints. Version 1: id, query, emitted rows. Stateless. */
final class SplitSerializer implements SimpleVersionedSerializer<ClickHouseSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ClickHouseSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ClickHouseSplit deserialize(int version, byte[] bytes) throws IOException {
        check(version);
        return read(new DataInputDeserializer(bytes));
    }

    static void check(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("State of version " + version + " is not known to this Velo.");
        }
    }

    static void write(ClickHouseSplit split, DataOutputSerializer out) throws IOException {
        out.writeUTF(split.id());
        // writeUTF ends at 64 KiB, which a query with many columns exceeds.
        byte[] query = split.query().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(query.length);
        out.write(query);
        out.writeLong(split.emitted());
    }

    static ClickHouseSplit read(DataInputDeserializer in) throws IOException {
        String id = in.readUTF();
        byte[] query = new byte[in.readInt()];
        in.readFully(query);
        String text = new String(query, java.nio.charset.StandardCharsets.UTF_8);
        return new ClickHouseSplit(id, text, in.readLong());
    }
}
