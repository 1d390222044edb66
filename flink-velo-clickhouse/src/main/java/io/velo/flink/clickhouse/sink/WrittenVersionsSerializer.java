// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes {@link WrittenVersions} into checkpoints. Stateless, therefore thread-safe. */
final class WrittenVersionsSerializer implements SimpleVersionedSerializer<WrittenVersions> {

    private static final int FORMAT = 1;

    @Override
    public int getVersion() {
        return FORMAT;
    }

    @Override
    public byte[] serialize(WrittenVersions versions) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(versions.parallelism())
                .putLong(versions.last())
                .array();
    }

    @Override
    public WrittenVersions deserialize(int version, byte[] serialized) throws IOException {
        if (version != FORMAT || serialized.length != Integer.BYTES + Long.BYTES) {
            throw new IOException(
                    "The state holds versions of format "
                            + version
                            + ", which this version of Velo does not know.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(serialized);
        return new WrittenVersions(bytes.getInt(), bytes.getLong());
    }
}
