// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.snapshot.Range;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an enumerator gives out, and when, after a slot was lost and everything is read again. */
@Timeout(180)
class RemadeSlotITCase {

    private static final TableName TABLE = TableName.of("public", "t");
    private static final Visibility SHOWN = new Visibility(ServerSnapshot.parse("10:10:"), 100, 1);

    private final TestDatabase database = TestDatabase.create();
    private final Conversation readers = new Conversation();
    private CaptureEnumerator enumerator;
    private CapturePlace lost;

    /** The ranges that were read before the slot was lost. */
    private List<String> before;

    @BeforeEach
    void readChanges() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        database.execute("INSERT INTO t SELECT generate_series(1, 4); ANALYZE t");
        CaptureSettings settings = CapturedIntegers.of(database.settings(), TABLE, Startup.INITIAL);
        enumerator = new CaptureEnumerator(settings, readers, CaptureCheckpoint.NOTHING);
        enumerator.start();
        register(0);
        register(1);
        before = ranges();
        assertThat(before).hasSizeGreaterThan(1);
        before.forEach(range -> reads(0, range));
        complete(1);
        lost = enumerator.snapshotState(2).place();
        assertThat(readers.said(0)).contains("split stream");
    }

    @AfterEach
    void end() {
        enumerator.close();
        database.query(
                "SELECT pg_drop_replication_slot(slot_name)::text FROM pg_replication_slots"
                        + " WHERE database = current_database()");
        database.close();
    }

    @Test
    void newRangesWaitForACheckpointBehindTheLastOldChange() {
        loseSlot();
        request(1);
        assertThat(ranges()).as("at once").isEmpty();

        enumerator.notifyCheckpointComplete(2);
        assertThat(ranges()).as("a checkpoint from before").isEmpty();

        complete(3);
        assertThat(ranges()).hasSizeGreaterThan(0).doesNotContainAnyElementsOf(before);
    }

    @Test
    void rangesOfBeforeDoNotCountAsNewOnes() {
        loseSlot();
        request(0);
        request(1);
        complete(3);
        while (ranges().size() < before.size()) {
            request(1);
        }
        List<String> fresh = List.copyOf(ranges());

        // A reader that was restored from an old checkpoint repeats what it has read since.
        before.forEach(range -> reads(0, range));
        complete(4);
        assertThat(readers.said(0)).as("nothing new was read").doesNotContain("split stream");
        assertThat(readers.said(0)).as("it need not repeat it again").anyMatch(this::isKnown);

        fresh.forEach(range -> reads(1, range));
        complete(5);
        assertThat(readers.said(0)).contains("split stream");
    }

    @Test
    void rangesOfBeforeAreNotReadAgain() {
        loseSlot();
        complete(3);
        enumerator.addSplitsBack(List.of(unread(before.get(0))), 0);
        for (int i = 0; i <= before.size(); i++) {
            request(0);
        }

        assertThat(ranges()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    private boolean isKnown(String said) {
        return said.startsWith("known ") && said.contains(before.get(0));
    }

    private void loseSlot() {
        readers.said(0).clear();
        readers.said(1).clear();
        enumerator.handleSourceEvent(0, new SlotGone(lost, "Somebody dropped it."));
    }

    private void register(int subtask) {
        readers.register(subtask);
        enumerator.addReader(subtask);
        for (int i = 0; i < 4; i++) {
            request(subtask);
        }
    }

    private void request(int subtask) {
        enumerator.handleSplitRequest(subtask, "host");
    }

    private void complete(long checkpoint) {
        enumerator.snapshotState(checkpoint);
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    private void reads(int subtask, String range) {
        RangesRead.of(List.of(unread(range).end(SHOWN)))
                .forEach(event -> enumerator.handleSourceEvent(subtask, event));
        request(subtask);
    }

    private static SnapshotSplit unread(String range) {
        return SnapshotSplit.unread(range, TABLE, 7, TABLE, false, "", Range.ALL);
    }

    /** The ranges that readers were given since the slot was lost. */
    private List<String> ranges() {
        return java.util.stream.Stream.of(0, 1)
                .flatMap(subtask -> readers.said(subtask).stream())
                .filter(said -> said.startsWith("split ") && !said.equals("split stream"))
                .map(said -> said.substring("split ".length()))
                .toList();
    }
}
