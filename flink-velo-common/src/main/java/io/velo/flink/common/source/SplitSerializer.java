// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Flink's serializer of a split, from its {@link SplitFormat}. Stateless, therefore thread-safe.
 *
 * @param <S> the split
 */
public final class SplitSerializer<S extends SourceSplit> implements SimpleVersionedSerializer<S> {

    private final SplitFormat<S> format;

    /** The serializer of this format. */
    public SplitSerializer(SplitFormat<S> format) {
        this.format = format;
    }

    @Override
    public int getVersion() {
        return format.version();
    }

    @Override
    public byte[] serialize(S split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        format.write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public S deserialize(int version, byte[] bytes) throws IOException {
        StateBytes.check(version, format.version());
        return format.read(version, new DataInputDeserializer(bytes));
    }
}
