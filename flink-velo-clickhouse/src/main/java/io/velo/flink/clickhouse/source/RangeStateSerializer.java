// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.source.ScanState;
import io.velo.flink.common.source.ScanStateSerializer;
import io.velo.flink.common.source.StateBytes;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The state of an incremental scan as bytes. Version 100, to tell it from a bounded scan's: what is
 * followed, the last value, the number of ranges, the version and the bytes of the waiting splits
 * as a bounded scan writes them. Stateless, therefore thread-safe.
 */
final class RangeStateSerializer implements SimpleVersionedSerializer<RangeState> {

    private static final int VERSION = 100;

    private final ScanStateSerializer<ClickHouseSplit> waiting =
            new ScanStateSerializer<>(new SplitLayout());

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RangeState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        StateBytes.writeText(state.cursor(), out);
        StateBytes.writeText(state.last(), out);
        out.writeLong(state.number());
        out.writeInt(waiting.getVersion());
        out.write(waiting.serialize(new ScanState<>(true, state.waiting())));
        return out.getCopyOfBuffer();
    }

    @Override
    public RangeState deserialize(int version, byte[] bytes) throws IOException {
        if (version < VERSION) {
            throw new IOException(
                    "The state is of a scan that reads its table once, and this one is"
                            + " incremental: start the job without the state.");
        }
        StateBytes.check(version, VERSION);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        String cursor = StateBytes.readText(in);
        String last = StateBytes.readText(in);
        long number = in.readLong();
        int inner = in.readInt();
        byte[] rest = new byte[in.available()];
        in.readFully(rest);
        return new RangeState(cursor, last, number, waiting.deserialize(inner, rest).waiting());
    }
}
