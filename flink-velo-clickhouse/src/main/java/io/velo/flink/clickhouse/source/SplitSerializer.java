// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Splits as bytes for checkpoints. Version 1: the fields in their order. Stateless. */
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
        writeText(split.id(), out);
        writeText(split.select(), out);
        out.writeInt(split.keys().size());
        for (ResumeKey key : split.keys()) {
            writeText(key.column(), out);
            writeText(key.hex(), out);
            writeText(key.literalStart(), out);
            writeText(key.literalEnd(), out);
        }
        out.writeLong(split.limit());
        out.writeLong(split.emitted());
        out.writeBoolean(split.point().isPresent());
        if (split.point().isPresent()) {
            writePoint(split.point().get(), out);
        }
    }

    private static void writePoint(ResumePoint point, DataOutputSerializer out) throws IOException {
        out.writeInt(point.key().size());
        for (String value : point.key()) {
            writeText(value, out);
        }
        out.writeInt(point.seen().size());
        for (UUID fingerprint : point.seen()) {
            out.writeLong(fingerprint.getMostSignificantBits());
            out.writeLong(fingerprint.getLeastSignificantBits());
        }
    }

    static ClickHouseSplit read(DataInputDeserializer in) throws IOException {
        String id = readText(in);
        String select = readText(in);
        List<ResumeKey> keys = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            keys.add(new ResumeKey(readText(in), readText(in), readText(in), readText(in)));
        }
        long limit = in.readLong();
        long emitted = in.readLong();
        Optional<ResumePoint> point =
                in.readBoolean() ? Optional.of(readPoint(in)) : Optional.empty();
        return new ClickHouseSplit(id, select, keys, limit, emitted, point);
    }

    private static ResumePoint readPoint(DataInputDeserializer in) throws IOException {
        List<String> key = new ArrayList<>();
        int values = in.readInt();
        for (int i = 0; i < values; i++) {
            key.add(readText(in));
        }
        List<UUID> seen = new ArrayList<>();
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            seen.add(new UUID(in.readLong(), in.readLong()));
        }
        return new ResumePoint(key, seen);
    }

    /** Not by writeUTF, which ends at 64 KiB: a query with many columns is longer. */
    private static void writeText(String text, DataOutputSerializer out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputDeserializer in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
