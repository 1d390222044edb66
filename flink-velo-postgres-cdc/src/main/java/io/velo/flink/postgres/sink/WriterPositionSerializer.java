// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes {@link WriterPosition} into checkpoints. */
final class WriterPositionSerializer implements SimpleVersionedSerializer<WriterPosition> {

    /** In state of version 1 the ledger does not know every writer, whose rows would be removed. */
    private static final int VERSION = 2;

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
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "The state of an exactly-once writer has format "
                                    + version
                                    + "; this version of Velo reads format "
                                    + VERSION
                                    + " only.")
                    .remedy(
                            "Stop the job with a savepoint under the version of Velo that wrote the"
                                    + " state, which makes all of its rows visible; then start"
                                    + " from that savepoint without the sink's state: with"
                                    + " another uid of the sink and"
                                    + " execution.state-recovery.ignore-unclaimed-state=true.")
                    .toException();
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new WriterPosition(in.readUTF(), in.readLong());
    }
}
