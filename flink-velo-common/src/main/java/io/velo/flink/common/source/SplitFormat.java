// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How the splits of one kind of source stand in a checkpoint. {@link SplitSerializer} and {@link
 * ScanStateSerializer} make Flink's serializers of it. Implementations have no state, therefore
 * they are thread-safe.
 *
 * @param <S> the split
 */
public interface SplitFormat<S extends SourceSplit> {

    /** The version that {@link #write} writes; it grows with every change of the bytes. */
    int version();

    /** Writes one split. */
    void write(S split, DataOutputView out) throws IOException;

    /**
     * Reads one split.
     *
     * @param version the version that wrote it, not greater than {@link #version()}
     * @throws IOException if the bytes are not those of a split
     */
    S read(int version, DataInputView in) throws IOException;
}
