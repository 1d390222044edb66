// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes splits into checkpoints. Version 1: a byte for the kind of split (0: range of keys), then
 * its fields, texts as length and UTF-8. Stateless, therefore thread-safe.
 */
final class ScanSplitSerializer implements SimpleVersionedSerializer<ScanSplit> {

    private static final int VERSION = 1;
    private static final byte KEY_RANGE = 0;
    private static final int MAX_COLUMNS = 1600;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ScanSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ScanSplit deserialize(int version, byte[] bytes) throws IOException {
        return read(version, new DataInputDeserializer(bytes));
    }

    static void write(ScanSplit split, DataOutputView out) throws IOException {
        out.writeByte(KEY_RANGE);
        writeText(split.splitId(), out);
        writePoint(split.range().after(), out);
        writePoint(split.range().upTo(), out);
        out.writeLong(split.emitted());
    }

    static ScanSplit read(int version, DataInputView in) throws IOException {
        if (version != VERSION) {
            throw new IOException("Version " + version + " of a PostgreSQL split is not known.");
        }
        byte kind = in.readByte();
        if (kind != KEY_RANGE) {
            throw new IOException("Kind " + kind + " of a PostgreSQL split is not known.");
        }
        String id = readText(in);
        KeyRange range = new KeyRange(readPoint(in), readPoint(in));
        return new ScanSplit(id, range, in.readLong());
    }

    private static void writePoint(Optional<KeyPoint> point, DataOutputView out)
            throws IOException {
        List<String> columns = point.map(KeyPoint::columns).orElse(List.of());
        out.writeInt(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            writeText(columns.get(i), out);
            writeText(point.get().values().get(i), out);
        }
    }

    private static Optional<KeyPoint> readPoint(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return Optional.empty();
        }
        if (size < 0 || size > MAX_COLUMNS) {
            throw new IOException("A key of " + size + " columns is not possible.");
        }
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(readText(in));
            values.add(readText(in));
        }
        return Optional.of(new KeyPoint(columns, values));
    }

    private static void writeText(String text, DataOutputView out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 1 << 28) {
            throw new IOException("A text of " + length + " bytes is not possible.");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
