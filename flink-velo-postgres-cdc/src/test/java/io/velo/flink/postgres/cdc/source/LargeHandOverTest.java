// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.snapshot.Point;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.source.event.AddSplitEvent;
import org.apache.flink.runtime.source.event.SourceEventWrapper;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** A hundred thousand ranges: no message may come near the largest frame of Flink, 10 MiB. */
class LargeHandOverTest {

    private static final int RANGES = 100_000;
    private static final int FRAME = 10 << 20;
    private static final TableName TABLE = TableName.of("public", "a_table_with_a_long_name");

    private static List<SnapshotSplit> ranges() {
        List<SnapshotSplit> ranges = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            Visibility shown =
                    new Visibility(
                            ServerSnapshot.parse(
                                    (i * 3 + 1) + ":" + (i * 3 + 9) + ":" + (i * 3 + 4)),
                            i,
                            1);
            ranges.add(
                    SnapshotSplit.unread("epoch:" + i, TABLE, 1, TABLE, false, "", range(i))
                            .end(shown));
        }
        return ranges;
    }

    private static Range range(int number) {
        return new Range(Optional.of(point(number)), Optional.of(point(number + 1)));
    }

    private static Point point(int number) {
        return new Point(List.of(String.format("00000000-0000-0000-0000-%012d", number)));
    }

    private static int size(Serializable message) throws IOException {
        return InstantiationUtil.serializeObject(message).length;
    }

    @Test
    void theChangesAndWhatTheRowsShowGoInPieces() throws Exception {
        StreamSplit changes =
                HandOver.of(
                        new CapturePlace("slot", "publication", "1", 1, 50),
                        new KnownTables("asked", List.of(new KnownTables.KnownTable(TABLE, 1))),
                        ranges(),
                        Optional.empty());
        SplitPieces received = new SplitPieces();
        Optional<CaptureSplit> whole = Optional.empty();
        List<SplitPiece> pieces = SplitPieces.of(changes);
        assertThat(pieces.stream().mapToLong(piece -> piece.bytes().length).sum())
                .isGreaterThan(FRAME);
        for (SplitPiece piece : pieces) {
            assertThat(whole).isEmpty();
            assertThat(size(new SourceEventWrapper(piece))).isLessThan(FRAME / 4);
            whole = received.add(piece);
        }
        assertThat(whole).contains(changes);
        CaptureSplit announced = new SplitInPieces(changes.splitId());
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        assertThat(size(new AddSplitEvent<>(List.of(announced), serializer))).isLessThan(FRAME / 4);
        assertThat(serializer.deserialize(2, serializer.serialize(announced))).isEqualTo(announced);
    }

    @Test
    void whatWasReadIsReportedAndKnownInSmallMessages() throws Exception {
        List<SnapshotSplit> ranges = ranges();
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        ReadRanges read = new ReadRanges();
        for (RangesRead event : RangesRead.of(ranges)) {
            assertThat(size(new SourceEventWrapper(event))).isLessThan(FRAME / 4);
            for (byte[] bytes : event.splits()) {
                read.add((SnapshotSplit) serializer.deserialize(event.version(), bytes));
            }
        }
        assertThat(read.all()).containsExactlyElementsOf(ranges);

        read.checkpoint(1);
        List<String> told = new ArrayList<>();
        read.complete(1, event -> told.addAll(sized(event)));
        assertThat(told).hasSize(RANGES).doesNotHaveDuplicates();

        read.checkpoint(2);
        read.complete(2, event -> told.addAll(sized(event)));
        assertThat(told).as("what is told once").hasSize(RANGES);

        read.add(ranges.get(7));
        read.checkpoint(3);
        read.checkpoint(4);
        read.complete(4, event -> told.addAll(sized(event)));
        assertThat(told).as("what a reader repeats is told again").hasSize(RANGES + 1);
    }

    private static List<String> sized(RangesKnown event) {
        try {
            assertThat(size(new SourceEventWrapper(event))).isLessThan(FRAME / 4);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return List.of(event.splitIds());
    }
}
