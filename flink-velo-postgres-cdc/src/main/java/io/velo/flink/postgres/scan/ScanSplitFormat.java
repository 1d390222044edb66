// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.source.SplitFormat;
import io.velo.flink.common.source.StateBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How splits stand in checkpoints. Version 1: name, low and high key, whether the low key was read,
 * first block and block behind (-1 for none), snapshot and its host (empty for none), rows emitted;
 * texts as length and UTF-8. Stateless, therefore thread-safe.
 */
final class ScanSplitFormat implements SplitFormat<ScanSplit> {

    private static final int VERSION = 1;
    private static final int MAX_COLUMNS = 1600;
    private static final long NONE = -1;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(ScanSplit split, DataOutputView out) throws IOException {
        StateBytes.writeText(split.splitId(), out);
        writePoint(split.range().after(), out);
        writePoint(split.range().upTo(), out);
        out.writeBoolean(split.range().isFollowedTo());
        out.writeLong(split.blocks().map(BlockRange::from).orElse(NONE));
        out.writeLong(split.blocks().map(BlockRange::to).orElse(OptionalLong.empty()).orElse(NONE));
        StateBytes.writeText(split.snapshot().map(Snapshot::id).orElse(""), out);
        StateBytes.writeText(split.snapshot().map(Snapshot::host).orElse(""), out);
        out.writeLong(split.emitted());
    }

    @Override
    public ScanSplit read(int version, DataInputView in) throws IOException {
        String id = StateBytes.readText(in);
        KeyRange range = new KeyRange(readPoint(in), readPoint(in), in.readBoolean());
        return new ScanSplit(id, range, readBlocks(in), readSnapshot(in), in.readLong());
    }

    private static Optional<BlockRange> readBlocks(DataInputView in) throws IOException {
        long from = in.readLong();
        long to = in.readLong();
        return from == NONE
                ? Optional.empty()
                : Optional.of(
                        new BlockRange(
                                from, to == NONE ? OptionalLong.empty() : OptionalLong.of(to)));
    }

    private static Optional<Snapshot> readSnapshot(DataInputView in) throws IOException {
        String id = StateBytes.readText(in);
        String host = StateBytes.readText(in);
        return id.isEmpty() ? Optional.empty() : Optional.of(new Snapshot(id, host));
    }

    private static void writePoint(Optional<KeyPoint> point, DataOutputView out)
            throws IOException {
        List<String> columns = point.map(KeyPoint::columns).orElse(List.of());
        out.writeInt(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            StateBytes.writeText(columns.get(i), out);
            StateBytes.writeText(point.get().values().get(i), out);
        }
    }

    private static Optional<KeyPoint> readPoint(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return Optional.empty();
        }
        if (size < 0 || size > MAX_COLUMNS) {
            throw new IOException("A key of " + size + " columns is not possible.");
        }
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(StateBytes.readText(in));
            values.add(StateBytes.readText(in));
        }
        return Optional.of(new KeyPoint(columns, values));
    }
}
