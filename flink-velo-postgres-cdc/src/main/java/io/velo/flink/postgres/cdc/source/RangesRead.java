// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has read ranges to their end. It repeats that after a failure until the enumerator says
 * that a completed checkpoint holds it.
 *
 * @param version the version of the serializer
 * @param splits the ranges, serialized
 */
record RangesRead(int version, byte[][] splits) implements SourceEvent {

    /** Small messages: a reader that is restored can have read many ranges. */
    static List<RangesRead> of(List<SnapshotSplit> ranges) {
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        List<RangesRead> events = new ArrayList<>();
        List<byte[]> some = new ArrayList<>();
        long size = 0;
        for (SnapshotSplit range : ranges) {
            byte[] bytes;
            try {
                bytes = serializer.serialize(range);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            some.add(bytes);
            size += bytes.length + 8;
            if (size >= SplitPieces.largest()) {
                events.add(new RangesRead(serializer.getVersion(), some.toArray(byte[][]::new)));
                some.clear();
                size = 0;
            }
        }
        if (!some.isEmpty()) {
            events.add(new RangesRead(serializer.getVersion(), some.toArray(byte[][]::new)));
        }
        return events;
    }
}
