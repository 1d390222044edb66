// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes {@link StagedRows} into checkpoints. */
final class StagedRowsSerializer implements SimpleVersionedSerializer<StagedRows> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StagedRows rows) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        out.writeUTF(rows.method().name());
        out.writeUTF(rows.writer());
        out.writeLong(rows.epoch());
        out.writeUTF(rows.name());
        return out.getCopyOfBuffer();
    }

    @Override
    public StagedRows deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("Version " + version + " of staged rows is not known.");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new StagedRows(
                CommitMethod.valueOf(in.readUTF()), in.readUTF(), in.readLong(), in.readUTF());
    }
}
