// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle finds every planted bug, says what kind it is, and finds nothing without one. */
class PlantedBugTest {

    private static final Duration TIME_TO_LIVE = Duration.ofNanos(500);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711, -5})
    void findsNothingInACleanRun(long seed) {
        assertThat(run(keyed(seed), null).examples()).isEmpty();
        assertThat(run(keyed(seed), null).isClean()).isTrue();
        assertThat(run(Workload.appends(seed).changes(20_000), null).isClean()).isTrue();
    }

    @Test
    void findsDroppedRows() {
        assertThat(kinds(PlantedBug.DROP_ROWS)).contains(Anomaly.LOST);
        assertThat(run(keyed(1), PlantedBug.DROP_ROWS).count(Anomaly.LOST))
                .isGreaterThanOrEqualTo(20);
        Verdict appends = run(Workload.appends(1).changes(20_000), PlantedBug.DROP_ROWS);
        assertThat(appends.count(Anomaly.LOST)).isEqualTo(20);
    }

    @Test
    void findsDuplicatesAfterARetry() {
        assertThat(kinds(PlantedBug.DUPLICATE_AFTER_RETRY)).contains(Anomaly.DUPLICATED);
        Verdict appends =
                run(Workload.appends(1).changes(20_000), PlantedBug.DUPLICATE_AFTER_RETRY);
        assertThat(appends.counts().keySet()).containsExactly(Anomaly.DUPLICATED);
        assertThat(appends.keeps(Verdict.Promise.AT_LEAST_ONCE)).isTrue();
        assertThat(appends.keeps(Verdict.Promise.EXACT)).isFalse();
    }

    @Test
    void findsSwappedRowsOfAKey() {
        assertThat(kinds(PlantedBug.SWAP_ROWS)).contains(Anomaly.REORDERED);
    }

    @Test
    void findsSkippedDeletes() {
        assertThat(kinds(PlantedBug.SKIP_DELETES)).contains(Anomaly.LOST);
    }

    @Test
    void findsAbortedTransactions() {
        assertThat(kinds(PlantedBug.EMIT_ABORTED)).contains(Anomaly.PHANTOM);
    }

    @Test
    void findsSplitTransactions() {
        assertThat(kinds(PlantedBug.SPLIT_TRANSACTIONS)).containsExactly(Anomaly.TORN);
    }

    @Test
    void findsALostLastBatch() {
        assertThat(kinds(PlantedBug.LOSE_LAST_BATCH)).contains(Anomaly.LOST);
    }

    @Test
    void findsAStaleLookupCache() {
        assertThat(kinds(PlantedBug.STALE_LOOKUPS)).containsExactly(Anomaly.STALE);
    }

    @Test
    void findsABrokenSumInATableThatIsReadInTheMiddle() {
        Workload workload = keyed(6);
        TableOnly split = new TableOnly(workload);
        split.run(PlantedBug.SPLIT_TRANSACTIONS);
        assertThat(split.verdict().counts().keySet()).containsExactly(Anomaly.TORN);
    }

    @Test
    void findsInTheFinalTableAloneWhatCanBeSeenThere() {
        Set<PlantedBug> found = EnumSet.noneOf(PlantedBug.class);
        for (PlantedBug bug : PlantedBug.values()) {
            TableOnly table = new TableOnly(keyed(8));
            table.run(bug);
            if (!table.verdict().isClean()) {
                found.add(bug);
            }
        }
        // Rows that come later twice are repaired by themselves; nobody looks anything up.
        assertThat(found)
                .contains(
                        PlantedBug.DROP_ROWS,
                        PlantedBug.DUPLICATE_AFTER_RETRY,
                        PlantedBug.SWAP_ROWS,
                        PlantedBug.SKIP_DELETES,
                        PlantedBug.EMIT_ABORTED,
                        PlantedBug.LOSE_LAST_BATCH);
    }

    @Test
    void hasOneTestForEachBug() {
        assertThat(PlantedBug.values()).hasSize(8);
        for (PlantedBug bug : PlantedBug.values()) {
            assertThat(run(keyed(3), bug).isClean()).as(bug.title()).isFalse();
            assertThat(PlantedBug.titled(bug.title())).isEqualTo(bug);
        }
        assertThatThrownBy(() -> PlantedBug.titled("no-such"))
                .hasMessageContaining("no-such")
                .hasMessageContaining("drop-rows");
    }

    @Test
    void givesExamplesOfEachKindThatItFound() {
        String examples = String.join("\n", run(keyed(3), PlantedBug.DROP_ROWS).examples());
        assertThat(examples).startsWith("lost: ").contains("key=", "torn: ");
    }

    private static Workload keyed(long seed) {
        return Workload.keyed(seed).changes(20_000).keys(1_000);
    }

    private static Set<Anomaly> kinds(PlantedBug bug) {
        return new TreeSet<>(run(keyed(7), bug).counts().keySet());
    }

    /** Writes and delivers transaction by transaction, and looks a hot key up after each. */
    private static Verdict run(Workload workload, PlantedBug bug) {
        Ledger ledger = new Ledger(workload);
        Delivery honest = new LedgerDelivery(ledger);
        Delivery delivery = bug == null ? honest : bug.before(honest);
        SplittableRandom random = new SplittableRandom(workload.seed());
        long now = 0;
        for (int writer = 0; writer < workload.writers(); writer++) {
            for (Iterator<Transaction> all = workload.transactions(writer); all.hasNext(); ) {
                Transaction transaction = all.next();
                now += 1_000;
                ledger.wrote(transaction, now);
                delivery.deliver(transaction);
                if (bug == null || bug == PlantedBug.STALE_LOOKUPS) {
                    long key = random.nextInt(workload.keys() / 10);
                    ledger.lookedUp(key, delivery.lookup(key), now, TIME_TO_LIVE);
                }
            }
        }
        delivery.close();
        return ledger.verdict();
    }

    /** A table as a keyed sink fills it: only its rows can be seen. */
    private static final class TableOnly {

        private final Workload workload;
        private final Ledger ledger;
        private final Map<Long, Version> rows = new HashMap<>();

        TableOnly(Workload workload) {
            this.workload = workload;
            this.ledger = new Ledger(workload);
        }

        void run(PlantedBug bug) {
            ledger.wroteAll();
            Delivery delivery = bug.before(new TableDelivery(rows, ledger));
            for (int writer = 0; writer < workload.writers(); writer++) {
                workload.transactions(writer).forEachRemaining(delivery::deliver);
            }
            delivery.close();
        }

        Verdict verdict() {
            return ledger.verdict();
        }
    }

    /** Applies committed changes to a map. */
    private record TableDelivery(Map<Long, Version> rows, Ledger ledger) implements Delivery {

        @Override
        public void deliver(Transaction transaction) {
            if (!transaction.isCommitted()) {
                return;
            }
            for (Change change : transaction.changes()) {
                if (change.operation() == Operation.DELETE) {
                    rows.remove(change.row().key());
                } else {
                    rows.put(change.row().key(), change.row());
                }
            }
            ledger.tableStands(rows.values());
        }

        @Override
        public Optional<Version> lookup(long key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public void close() {
            ledger.tableEnds(rows.values());
        }
    }
}
