// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes the enumerator's state into checkpoints. Version 1: the version of the splits, their
 * number, the splits. Stateless, therefore thread-safe.
 */
final class ScanCheckpointSerializer implements SimpleVersionedSerializer<ScanCheckpoint> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ScanCheckpoint checkpoint) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(new ScanSplitSerializer().getVersion());
        out.writeInt(checkpoint.unassigned().size());
        for (ScanSplit split : checkpoint.unassigned()) {
            ScanSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ScanCheckpoint deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("Version " + version + " of a PostgreSQL scan is not known.");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splitVersion = in.readInt();
        int size = in.readInt();
        List<ScanSplit> splits = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            splits.add(ScanSplitSerializer.read(splitVersion, in));
        }
        return new ScanCheckpoint(splits);
    }
}
