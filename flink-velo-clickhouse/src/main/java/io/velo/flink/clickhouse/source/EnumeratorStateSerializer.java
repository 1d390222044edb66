// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's state as bytes for checkpoints. Stateless. */
final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeBoolean(state.planned());
        out.writeInt(state.waiting().size());
        for (ClickHouseSplit split : state.waiting()) {
            SplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        SplitSerializer.check(version);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        boolean planned = in.readBoolean();
        int count = in.readInt();
        List<ClickHouseSplit> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(SplitSerializer.read(in));
        }
        return new EnumeratorState(planned, waiting);
    }
}
