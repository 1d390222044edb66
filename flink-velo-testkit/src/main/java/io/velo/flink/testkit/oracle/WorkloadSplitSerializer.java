// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes one split in the form of several. */
final class WorkloadSplitSerializer implements SimpleVersionedSerializer<WorkloadSplit> {

    private final WorkloadSplitsSerializer several = new WorkloadSplitsSerializer();

    @Override
    public int getVersion() {
        return several.getVersion();
    }

    @Override
    public byte[] serialize(WorkloadSplit split) {
        return several.serialize(List.of(split));
    }

    @Override
    public WorkloadSplit deserialize(int version, byte[] serialized) throws IOException {
        return several.deserialize(version, serialized).iterator().next();
    }
}
