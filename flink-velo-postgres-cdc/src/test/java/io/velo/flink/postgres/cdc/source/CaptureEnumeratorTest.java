// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.CapturedTables;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.SslMode;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the enumerator says to whom. */
class CaptureEnumeratorTest {

    private static final TableName TABLE = TableName.of("public", "t");
    private static final KnownTables TABLES =
            new KnownTables(
                    CapturedTables.of(TABLE).asked(),
                    List.of(new KnownTables.KnownTable(TABLE, 7)));
    private static final Visibility SHOWN = new Visibility(ServerSnapshot.parse("10:10:"), 100, 1);

    private final Conversation readers = new Conversation();

    private static CaptureSettings snapshot() {
        return settings(Startup.SNAPSHOT);
    }

    private static CaptureSettings settings(Startup startup) {
        return CapturedIntegers.of(
                new ConnectSettings(
                        List.of("127.0.0.1:1"),
                        Identifier.of("d"),
                        new Credentials("u", Secret.of("p")),
                        SslMode.PREFER,
                        ""),
                TABLE,
                startup);
    }

    private static CaptureCheckpoint planned(int ranges, long estimated) {
        List<CaptureSplit> splits =
                IntStream.range(0, ranges)
                        .<CaptureSplit>mapToObj(
                                i ->
                                        SnapshotSplit.unread(
                                                "e:" + i, TABLE, 7, TABLE, false, "", Range.ALL))
                        .toList();
        return new CaptureCheckpoint(
                CaptureCheckpoint.Phase.SNAPSHOT,
                CapturePlace.NONE,
                TABLES,
                "e:",
                ranges,
                splits,
                List.of(),
                false,
                false,
                Optional.empty(),
                estimated);
    }

    private CaptureEnumerator started(int ranges) {
        CaptureEnumerator enumerator =
                new CaptureEnumerator(snapshot(), readers, planned(ranges, 1_000));
        enumerator.start();
        for (int subtask = 0; subtask < 2; subtask++) {
            readers.register(subtask);
            enumerator.addReader(subtask);
            enumerator.handleSplitRequest(subtask, "host");
        }
        return enumerator;
    }

    private void reads(CaptureEnumerator enumerator, int subtask, String splitId) {
        SnapshotSplit read =
                SnapshotSplit.unread(splitId, TABLE, 7, TABLE, false, "", Range.ALL).end(SHOWN);
        RangesRead.of(List.of(read)).forEach(event -> enumerator.handleSourceEvent(subtask, event));
        enumerator.handleSplitRequest(subtask, "host");
    }

    @Test
    void readersAreToldWhatACompletedCheckpointHolds() {
        CaptureEnumerator enumerator = started(3);
        reads(enumerator, 0, "e:0");
        enumerator.snapshotState(1);
        reads(enumerator, 1, "e:1");
        enumerator.notifyCheckpointComplete(1);

        assertThat(readers.said(0)).containsExactly("split e:0", "split e:2", "known [e:0]");
        assertThat(readers.said(1)).containsExactly("split e:1", "known [e:0]");
    }

    @Test
    void aReaderThatEndsIsToldNothingMore() {
        CaptureEnumerator enumerator = started(2);
        reads(enumerator, 0, "e:0");
        reads(enumerator, 1, "e:1");
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);

        assertThat(readers.said(0)).containsExactly("split e:0", "no more");
        assertThat(readers.said(1)).containsExactly("split e:1", "no more");

        enumerator.addReader(1);
        reads(enumerator, 1, "e:1");
        enumerator.snapshotState(2);
        readers.register(2);
        enumerator.addReader(2);
        enumerator.notifyCheckpointComplete(2);
        assertThat(readers.said(0)).as("ended still").hasSize(2);
        assertThat(readers.said(2)).containsExactly("known [e:1]");
    }

    @Test
    void progressIsShownAgainstWhatTheServerExpects() {
        CaptureEnumerator enumerator = started(3);
        reads(enumerator, 0, "e:0");

        assertThat(readers.gauge("snapshotRowsEstimated")).isEqualTo(1_000L);
        assertThat(readers.gauge("chunksTotal")).isEqualTo(3);
        assertThat(readers.gauge("chunksDone")).isEqualTo(1);
    }

    /**
     * The state of the restore holds the changes that a reader gives back, and they go on with
     * another reader: the next checkpoint must not have both.
     */
    @Test
    void changesThatTheRestoredStateHoldsAreForgottenBeforeTheNextCheckpoint() {
        CaptureSettings settings = settings(Startup.INITIAL);
        CapturePlace place =
                new CapturePlace(settings.slot().slot(), settings.slot().slot(), "1", 1, 50);
        StreamSplit before =
                new StreamSplit(
                        place,
                        new KnownTables("fewer tables", List.of()),
                        StreamPosition.at(1, 60),
                        Map.of());
        CaptureEnumerator enumerator =
                new CaptureEnumerator(settings, readers, extended(place, before));
        enumerator.start();
        SplitPieces.of(before).forEach(piece -> enumerator.handleSourceEvent(1, piece));
        for (int subtask = 0; subtask < 2; subtask++) {
            readers.register(subtask);
            enumerator.addReader(subtask);
            enumerator.handleSplitRequest(subtask, "host");
        }

        assertThat(readers.said(0)).containsExactly("split stream");
        assertThat(readers.said(1)).containsExactly("known [stream]", "no more");
    }

    /** Every range of the tables that were added was read. */
    private static CaptureCheckpoint extended(CapturePlace place, StreamSplit before) {
        return new CaptureCheckpoint(
                CaptureCheckpoint.Phase.SNAPSHOT,
                place,
                TABLES,
                "e:",
                0,
                List.of(),
                List.of(),
                false,
                true,
                Optional.of(before),
                0);
    }

    @Test
    void aLostMomentOfAddedTablesNamesTheSavepointFromBefore() {
        assertThatThrownBy(() -> new CaptureEnumerator(snapshot(), readers, exported(true)).start())
                .hasStackTraceContaining("VELO-IO-007")
                .hasStackTraceContaining("Restore the savepoint from before tables were added");
        assertThatThrownBy(
                        () -> new CaptureEnumerator(snapshot(), readers, exported(false)).start())
                .hasStackTraceContaining("VELO-IO-007")
                .hasStackTraceContaining("Start the job without its state");
    }

    private static CaptureCheckpoint exported(boolean resumes) {
        CaptureCheckpoint planned = planned(1, 1_000);
        return new CaptureCheckpoint(
                planned.phase(),
                planned.place(),
                planned.tables(),
                planned.epoch(),
                planned.ranges(),
                planned.unassigned(),
                planned.read(),
                true,
                resumes,
                planned.held(),
                planned.estimatedRows());
    }
}
