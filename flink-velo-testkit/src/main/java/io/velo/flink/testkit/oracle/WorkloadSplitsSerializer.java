// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes splits as pairs of numbers of 8 bytes. */
final class WorkloadSplitsSerializer
        implements SimpleVersionedSerializer<Collection<WorkloadSplit>> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Collection<WorkloadSplit> splits) {
        ByteBuffer bytes = ByteBuffer.allocate(splits.size() * 2 * Long.BYTES);
        for (WorkloadSplit split : splits) {
            bytes.putLong(split.writer()).putLong(split.position());
        }
        return bytes.array();
    }

    @Override
    public Collection<WorkloadSplit> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version != VERSION) {
            throw new IOException("Unknown version of workload splits: " + version);
        }
        ByteBuffer bytes = ByteBuffer.wrap(serialized);
        List<WorkloadSplit> splits = new ArrayList<>();
        while (bytes.hasRemaining()) {
            splits.add(new WorkloadSplit((int) bytes.getLong(), bytes.getLong()));
        }
        return splits;
    }
}
