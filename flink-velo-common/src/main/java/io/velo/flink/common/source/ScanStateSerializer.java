// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The state of a {@link ScanEnumerator} as bytes. Version 1: the version of the splits, whether the
 * scan was planned, the number of splits, the splits. Stateless, therefore thread-safe.
 *
 * @param <S> the split
 */
public final class ScanStateSerializer<S extends SourceSplit>
        implements SimpleVersionedSerializer<ScanState<S>> {

    private static final int VERSION = 1;

    private final SplitFormat<S> format;

    /** The serializer of the state of a scan with splits of this format. */
    public ScanStateSerializer(SplitFormat<S> format) {
        this.format = format;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ScanState<S> state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(format.version());
        out.writeBoolean(state.planned());
        out.writeInt(state.waiting().size());
        for (S split : state.waiting()) {
            format.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ScanState<S> deserialize(int version, byte[] bytes) throws IOException {
        StateBytes.check(version, VERSION);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splitVersion = in.readInt();
        StateBytes.check(splitVersion, format.version());
        boolean planned = in.readBoolean();
        int count = in.readInt();
        List<S> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(format.read(splitVersion, in));
        }
        return new ScanState<>(planned, waiting);
    }
}
