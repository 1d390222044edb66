// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.ChunkPlanner;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes the enumerator's state into checkpoints. Version 3: the version of the splits, then the
 * fields in their order; version 2 has no estimate of rows and is read, too. Stateless, therefore
 * thread-safe.
 */
final class CaptureCheckpointSerializer implements SimpleVersionedSerializer<CaptureCheckpoint> {

    private static final int VERSION = 3;
    private static final int WITHOUT_ESTIMATE = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CaptureCheckpoint checkpoint) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeInt(CaptureSplitSerializer.VERSION);
        out.writeByte(checkpoint.phase().ordinal());
        CaptureSplitSerializer.writePlace(checkpoint.place(), out);
        CaptureSplitSerializer.writeTables(checkpoint.tables(), out);
        CaptureSplitSerializer.writeText(checkpoint.epoch(), out);
        out.writeInt(checkpoint.ranges());
        out.writeInt(checkpoint.unassigned().size());
        for (CaptureSplit split : checkpoint.unassigned()) {
            CaptureSplitSerializer.write(split, out);
        }
        out.writeInt(checkpoint.read().size());
        for (SnapshotSplit split : checkpoint.read()) {
            CaptureSplitSerializer.write(split, out);
        }
        out.writeBoolean(checkpoint.exported());
        out.writeBoolean(checkpoint.resumes());
        out.writeBoolean(checkpoint.held().isPresent());
        if (checkpoint.held().isPresent()) {
            CaptureSplitSerializer.write(checkpoint.held().get(), out);
        }
        out.writeLong(checkpoint.estimatedRows());
        return out.getCopyOfBuffer();
    }

    @Override
    public CaptureCheckpoint deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION && version != WITHOUT_ESTIMATE) {
            throw CaptureSplitSerializer.notReadable(version);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splits = in.readInt();
        CaptureCheckpoint.Phase phase = CaptureCheckpoint.Phase.values()[in.readByte()];
        CapturePlace place = CaptureSplitSerializer.readPlace(in);
        KnownTables tables = CaptureSplitSerializer.readTables(in);
        String epoch = CaptureSplitSerializer.readText(in);
        int ranges = in.readInt();
        List<CaptureSplit> unassigned = new ArrayList<>();
        for (int left = CaptureSplitSerializer.readSize(in); left > 0; left--) {
            unassigned.add(CaptureSplitSerializer.read(splits, in));
        }
        List<SnapshotSplit> read = new ArrayList<>();
        for (int left = CaptureSplitSerializer.readSize(in); left > 0; left--) {
            read.add((SnapshotSplit) CaptureSplitSerializer.read(splits, in));
        }
        return new CaptureCheckpoint(
                phase,
                place,
                tables,
                epoch,
                ranges,
                unassigned,
                read,
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean()
                        ? Optional.of((StreamSplit) CaptureSplitSerializer.read(splits, in))
                        : Optional.empty(),
                version == WITHOUT_ESTIMATE ? ChunkPlanner.UNKNOWN : in.readLong());
    }
}
