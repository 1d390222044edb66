// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.snapshot.Point;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaptureSplitTest {

    private static final TableName TABLE = TableName.of("s", "T.ü");
    private static final Visibility FIRST =
            new Visibility(ServerSnapshot.parse("10:12:10,11"), 100, 1);
    private static final Visibility SECOND = new Visibility(ServerSnapshot.parse("20:20:"), 200, 2);

    private static KnownTables known(TableName... names) {
        return new KnownTables(
                "asked",
                Stream.of(names)
                        .map(name -> new KnownTables.KnownTable(name, name.hashCode()))
                        .toList());
    }

    private static Point point(String value) {
        return new Point(List.of(value, "\0odd"));
    }

    private static SnapshotSplit unread() {
        return SnapshotSplit.unread(
                "id",
                TABLE,
                -17,
                TABLE,
                false,
                "",
                new Range(Optional.empty(), Optional.of(point("9"))));
    }

    @Test
    void whatWasReadBeforeAFailureKeepsWhatItShows() {
        SnapshotSplit half = unread().after(point("1"), FIRST).after(point("3"), FIRST);

        SnapshotSplit whole = half.resumed().after(point("5"), SECOND).end(SECOND);

        assertThat(whole.finished()).isTrue();
        assertThat(whole.parts())
                .containsExactly(
                        new ReadPart(new Range(Optional.empty(), Optional.of(point("3"))), FIRST),
                        new ReadPart(
                                new Range(Optional.of(point("3")), Optional.of(point("9"))),
                                SECOND));
    }

    @Test
    void aNewSnapshotInTheMiddleDividesTheRange() {
        SnapshotSplit split =
                unread().after(point("1"), FIRST).after(point("2"), SECOND).end(SECOND);

        assertThat(split.parts()).hasSize(2);
        assertThat(split.parts().get(0).range().upTo()).contains(point("1"));
    }

    @Test
    void changesForgetPartsThatNoCommitNeeds() {
        StreamSplit split =
                new StreamSplit(
                        new CapturePlace("slot", "publication", "1", 3, 50),
                        known(TABLE),
                        StreamPosition.at(1, 50),
                        Map.of(TABLE, List.of(new ReadPart(Range.ALL, FIRST))));

        assertThat(split.at(new StreamPosition(1, 100, 99, 0, 0, 0, 0)).parts()).isNotEmpty();
        assertThat(split.at(new StreamPosition(1, 110, 100, 0, 0, 0, 0)).parts()).isNotEmpty();
        assertThat(split.at(new StreamPosition(1, 120, 101, 0, 0, 0, 0)).parts()).isEmpty();
    }

    @Test
    void ofTwoSplitsOfChangesOfOneStateTheOneThatIsFurtherIsRead() {
        StreamSplit old = changes("1", StreamPosition.at(1, 50));
        StreamSplit later = changes("1", StreamPosition.at(1, -50));
        StreamSplit inside = changes("1", new StreamPosition(1, 50, 40, 60, 7, 3, 55));
        StreamSplit promoted = changes("1", StreamPosition.at(2, 10));
        StreamSplit elsewhere = changes("2", StreamPosition.at(3, 90));
        SnapshotSplit range = unread();

        assertThat(StreamSplit.newest(List.of(old, range))).containsExactly(old, range);
        assertThat(StreamSplit.newest(List.of(later, range, old))).containsExactly(later, range);
        assertThat(StreamSplit.newest(List.of(range, old, later))).containsExactly(range, later);
        assertThat(StreamSplit.newest(List.of(old, inside))).containsExactly(inside);
        assertThat(StreamSplit.newest(List.of(promoted, later))).containsExactly(promoted);
        assertThat(StreamSplit.newest(List.of(later, promoted))).containsExactly(promoted);
        StreamSplit same = changes("1", StreamPosition.at(1, 50));
        assertThat(StreamSplit.newest(List.of(old, elsewhere, same)))
                .as("none of which is further than another")
                .containsExactly(old, elsewhere, same);
        assertThat(StreamSplit.newest(List.of(range))).containsExactly(range);
    }

    private static StreamSplit changes(String systemId, StreamPosition position) {
        return new StreamSplit(
                new CapturePlace("slot", "publication", systemId, 1, 50),
                known(TABLE),
                position,
                Map.of());
    }

    @Test
    void stateComesBackAsItWas() throws IOException {
        SnapshotSplit half = unread().after(point("3"), FIRST).resumed().after(point("4"), SECOND);
        StreamSplit changes =
                new StreamSplit(
                        new CapturePlace("slot", "publication", "1", 3, 50),
                        known(TABLE, TableName.of("public", "t")),
                        new StreamPosition(9, 1, -2, 3, -4, 5, 6),
                        Map.of(TABLE, half.end(SECOND).parts()));
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        for (CaptureSplit split : List.of(unread(), half, half.end(SECOND), changes)) {
            assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
        }
        CaptureCheckpoint checkpoint =
                new CaptureCheckpoint(
                        CaptureCheckpoint.Phase.SNAPSHOT,
                        changes.place(),
                        changes.tables(),
                        "epoch:",
                        7,
                        List.of(half, changes),
                        List.of(half.end(FIRST)),
                        true,
                        true,
                        Optional.of(changes),
                        12_345_678_901L);
        CaptureCheckpointSerializer checkpoints = new CaptureCheckpointSerializer();
        byte[] state = checkpoints.serialize(checkpoint);
        assertThat(checkpoints.deserialize(checkpoints.getVersion(), state)).isEqualTo(checkpoint);
        byte[] before = Arrays.copyOf(state, state.length - Long.BYTES);
        assertThat(checkpoints.deserialize(2, before))
                .as("state of version 2")
                .extracting(CaptureCheckpoint::held, CaptureCheckpoint::estimatedRows)
                .containsExactly(checkpoint.held(), -1L);
        assertThatThrownBy(() -> serializer.deserialize(1, serializer.serialize(half)))
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("reads format 2 only");
        assertThatThrownBy(() -> checkpoints.deserialize(1, checkpoints.serialize(checkpoint)))
                .hasMessageContaining("reads format 2 only");
    }
}
