// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes {@link WriterPosition} into checkpoints. */
final class WriterPositionSerializer implements SimpleVersionedSerializer<WriterPosition> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WriterPosition position) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(position.writer());
        out.writeLong(position.nextEpoch());
        return out.getCopyOfBuffer();
    }

    @Override
    public WriterPosition deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("Version " + version + " of a writer's position is not known.");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new WriterPosition(in.readUTF(), in.readLong());
    }
}
