// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.snapshot.Point;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes splits into checkpoints. Version 2: a byte for the kind (0 range, 1 changes, 2 changes
 * that were sent in pieces), then the fields; texts and lists with their length in front, an
 * optional value as a list. Stateless, therefore thread-safe.
 */
final class CaptureSplitSerializer implements SimpleVersionedSerializer<CaptureSplit> {

    static final int VERSION = 2;

    private static final byte RANGE = 0;
    private static final byte CHANGES = 1;
    private static final byte PIECES = 2;
    private static final int LARGEST = 1 << 28;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CaptureSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public CaptureSplit deserialize(int version, byte[] bytes) throws IOException {
        return read(version, new DataInputDeserializer(bytes));
    }

    static void write(CaptureSplit split, DataOutputView out) throws IOException {
        if (split instanceof SnapshotSplit range) {
            out.writeByte(RANGE);
            writeRange(range, out);
        } else if (split instanceof SplitInPieces pieces) {
            out.writeByte(PIECES);
            writeText(pieces.splitId(), out);
        } else {
            out.writeByte(CHANGES);
            writeChanges((StreamSplit) split, out);
        }
    }

    static CaptureSplit read(int version, DataInputView in) throws IOException {
        if (version != VERSION) {
            throw notReadable(version);
        }
        byte kind = in.readByte();
        return switch (kind) {
            case RANGE -> readRange(in);
            case CHANGES -> readChanges(in);
            case PIECES -> new SplitInPieces(readText(in));
            default ->
                    throw new IOException("Kind " + kind + " of a PostgreSQL split is not known.");
        };
    }

    /** State of version 1 does not say which tables and which server it belongs to. */
    static VeloException notReadable(int version) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The state of a PostgreSQL change capture has format "
                                + version
                                + "; this version of Velo reads format "
                                + VERSION
                                + " only.")
                .remedy(
                        "Start the job without its state (no execution.state-recovery.path), which"
                                + " reads the tables again.")
                .toException();
    }

    private static void writeRange(SnapshotSplit split, DataOutputView out) throws IOException {
        writeText(split.splitId(), out);
        writeTable(split.table(), out);
        out.writeInt(split.oid());
        writeTable(split.relation(), out);
        out.writeBoolean(split.byPlace());
        writeText(split.exported(), out);
        writeRange(split.range(), out);
        writeParts(split.parts(), out);
        writePoint(split.last(), out);
        out.writeBoolean(split.visibility().isPresent());
        if (split.visibility().isPresent()) {
            writeVisibility(split.visibility().get(), out);
        }
        out.writeBoolean(split.finished());
    }

    private static SnapshotSplit readRange(DataInputView in) throws IOException {
        return new SnapshotSplit(
                readText(in),
                readTable(in),
                in.readInt(),
                readTable(in),
                in.readBoolean(),
                readText(in),
                readKeyRange(in),
                readParts(in),
                readPoint(in),
                in.readBoolean() ? Optional.of(readVisibility(in)) : Optional.empty(),
                in.readBoolean());
    }

    private static void writeChanges(StreamSplit split, DataOutputView out) throws IOException {
        writePlace(split.place(), out);
        writeTables(split.tables(), out);
        StreamPosition position = split.position();
        out.writeInt(position.timeline());
        out.writeLong(position.endLsn());
        out.writeLong(position.commitLsn());
        out.writeLong(position.openCommitLsn());
        out.writeInt(position.openXid());
        out.writeLong(position.ordinal());
        out.writeLong(position.changeLsn());
        out.writeInt(split.parts().size());
        for (Map.Entry<TableName, List<ReadPart>> table : split.parts().entrySet()) {
            writeTable(table.getKey(), out);
            writeParts(table.getValue(), out);
        }
    }

    private static StreamSplit readChanges(DataInputView in) throws IOException {
        CapturePlace place = readPlace(in);
        KnownTables tables = readTables(in);
        StreamPosition position =
                new StreamPosition(
                        in.readInt(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readInt(),
                        in.readLong(),
                        in.readLong());
        Map<TableName, List<ReadPart>> parts = new HashMap<>();
        int size = readSize(in);
        for (int i = 0; i < size; i++) {
            parts.put(readTable(in), readParts(in));
        }
        return new StreamSplit(place, tables, position, parts);
    }

    static void writePlace(CapturePlace place, DataOutputView out) throws IOException {
        writeText(place.slot(), out);
        writeText(place.publication(), out);
        writeText(place.systemId(), out);
        out.writeInt(place.timeline());
        out.writeLong(place.start());
    }

    static CapturePlace readPlace(DataInputView in) throws IOException {
        return new CapturePlace(
                readText(in), readText(in), readText(in), in.readInt(), in.readLong());
    }

    static void writeTables(KnownTables known, DataOutputView out) throws IOException {
        writeText(known.asked(), out);
        out.writeInt(known.tables().size());
        for (KnownTables.KnownTable table : known.tables()) {
            writeTable(table.name(), out);
            out.writeInt(table.oid());
        }
    }

    static KnownTables readTables(DataInputView in) throws IOException {
        String asked = readText(in);
        List<KnownTables.KnownTable> tables = new ArrayList<>();
        int size = readSize(in);
        for (int i = 0; i < size; i++) {
            tables.add(new KnownTables.KnownTable(readTable(in), in.readInt()));
        }
        return new KnownTables(asked, tables);
    }

    private static void writeTable(TableName table, DataOutputView out) throws IOException {
        writeText(table.schema().name(), out);
        writeText(table.table().name(), out);
    }

    private static TableName readTable(DataInputView in) throws IOException {
        return TableName.of(readText(in), readText(in));
    }

    private static void writeParts(List<ReadPart> parts, DataOutputView out) throws IOException {
        out.writeInt(parts.size());
        for (ReadPart part : parts) {
            writeRange(part.range(), out);
            writeVisibility(part.visibility(), out);
        }
    }

    private static List<ReadPart> readParts(DataInputView in) throws IOException {
        List<ReadPart> parts = new ArrayList<>();
        int size = readSize(in);
        for (int i = 0; i < size; i++) {
            parts.add(new ReadPart(readKeyRange(in), readVisibility(in)));
        }
        return parts;
    }

    private static void writeVisibility(Visibility visibility, DataOutputView out)
            throws IOException {
        writeText(visibility.snapshot().toString(), out);
        out.writeLong(visibility.horizon());
        out.writeInt(visibility.timeline());
    }

    private static Visibility readVisibility(DataInputView in) throws IOException {
        return new Visibility(ServerSnapshot.parse(readText(in)), in.readLong(), in.readInt());
    }

    private static void writeRange(Range range, DataOutputView out) throws IOException {
        writePoint(range.after(), out);
        writePoint(range.upTo(), out);
    }

    private static Range readKeyRange(DataInputView in) throws IOException {
        return new Range(readPoint(in), readPoint(in));
    }

    private static void writePoint(Optional<Point> point, DataOutputView out) throws IOException {
        List<String> values = point.map(Point::values).orElse(List.of());
        out.writeInt(values.size());
        for (String value : values) {
            writeText(value, out);
        }
    }

    private static Optional<Point> readPoint(DataInputView in) throws IOException {
        int size = readSize(in);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(readText(in));
        }
        return size == 0 ? Optional.empty() : Optional.of(new Point(values));
    }

    static void writeText(String text, DataOutputView out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputView in) throws IOException {
        byte[] bytes = new byte[readSize(in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int readSize(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > LARGEST) {
            throw new IOException("A length of " + size + " is not possible.");
        }
        return size;
    }
}
