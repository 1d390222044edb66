// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A workload is repeatable and has all that connectors stumble over. */
class WorkloadTest {

    @Test
    void isTheSameForTheSameSeedAndDifferentForAnother() {
        assertThat(all(Workload.keyed(5))).isEqualTo(all(Workload.keyed(5)));
        assertThat(all(Workload.appends(5))).isEqualTo(all(Workload.appends(5)));
        assertThat(all(Workload.keyed(5))).isNotEqualTo(all(Workload.keyed(6)));
    }

    @Test
    void commitsExactlyAsManyChangesAsAskedForInTransactionsOf1To50() {
        for (Workload workload :
                List.of(Workload.keyed(1), Workload.appends(2), Workload.keyed(3).writers(3))) {
            List<Transaction> all = all(workload);
            assertThat(all).allMatch(t -> t.changes().size() >= 1 && t.changes().size() <= 50);
            long committed =
                    all.stream()
                            .filter(Transaction::isCommitted)
                            .mapToLong(t -> t.changes().size())
                            .sum();
            assertThat(committed).isEqualTo(workload.changes());
            assertThat(all).anyMatch(t -> !t.isCommitted());
            assertThat(all).anyMatch(t -> t.changes().size() == 50);
        }
    }

    @Test
    void changesRowsOnlyInWaysThatTheirStateAllows() {
        Map<Long, Version> table = new HashMap<>();
        Map<Operation, Integer> counts = new HashMap<>();
        for (Transaction transaction : all(Workload.keyed(11))) {
            Map<Long, Version> view = new HashMap<>(transaction.isCommitted() ? Map.of() : table);
            Map<Long, Version> rows = transaction.isCommitted() ? table : view;
            for (Change change : transaction.changes()) {
                Version row = change.row();
                assertThat(row.key() % 2).isEqualTo(row.writer());
                counts.merge(change.operation(), 1, Integer::sum);
                switch (change.operation()) {
                    case INSERT -> assertThat(rows.put(row.key(), row)).isNull();
                    case UPDATE -> assertThat(rows.put(row.key(), row)).isEqualTo(change.before());
                    case DELETE -> assertThat(rows.remove(row.key())).isEqualTo(row);
                }
            }
        }
        assertThat(counts.get(Operation.INSERT)).isGreaterThan(8_000);
        assertThat(counts.get(Operation.UPDATE)).isGreaterThan(40_000);
        assertThat(counts.get(Operation.DELETE)).isGreaterThan(4_000);
    }

    @Test
    void keepsTheSumOfBalancesInEveryCommittedTransaction() {
        Workload workload = Workload.keyed(12);
        Map<Long, Long> balances = new HashMap<>();
        long moved = 0;
        for (Transaction transaction : all(workload)) {
            if (!transaction.isCommitted()) {
                continue;
            }
            long before = sum(balances, transaction.writer());
            for (Change change : transaction.changes()) {
                long balance = change.operation() == Operation.DELETE ? 0 : change.row().balance();
                Long old = balances.put(change.row().key(), balance);
                moved += old != null && old != balance ? 1 : 0;
            }
            long expected = transaction.number() == 0 ? 50_000 : before;
            assertThat(sum(balances, transaction.writer())).isEqualTo(expected);
        }
        assertThat(moved).isGreaterThan(1_000);
        assertThat(workload.balanceOf(0)).isEqualTo(50_000);
    }

    @Test
    void goesToHotKeysHalfOfTheTime() {
        Map<Long, Integer> visits = new HashMap<>();
        all(Workload.appends(3))
                .forEach(
                        t ->
                                t.changes()
                                        .forEach(
                                                c -> visits.merge(c.row().key(), 1, Integer::sum)));
        int hot =
                visits.values().stream().sorted((a, b) -> b - a).limit(100).mapToInt(v -> v).sum();
        int every = visits.values().stream().mapToInt(v -> v).sum();
        assertThat((double) hot / every).isBetween(0.45, 0.6);
    }

    @Test
    void neverWritesTheSameTextOrSequenceTwiceAndUsesHostileText() {
        Set<String> texts = new HashSet<>();
        Set<List<Long>> sequences = new HashSet<>();
        for (Transaction transaction : all(Workload.appends(3))) {
            for (Change change : transaction.changes()) {
                Version row = change.row();
                assertThat(texts.add(row.payload())).isTrue();
                assertThat(sequences.add(List.of((long) row.writer(), row.sequence()))).isTrue();
            }
        }
        assertThat(texts).anyMatch(t -> t.contains("\n")).anyMatch(t -> t.contains("😀"));
        assertThat(texts).anyMatch(t -> t.contains("'")).anyMatch(t -> t.contains("\\"));
    }

    @Test
    void refusesImpossibleSizes() {
        assertThatThrownBy(() -> Workload.keyed(1).keys(19)).hasMessageContaining("10 keys");
        assertThatThrownBy(() -> Workload.keyed(1).writers(0)).hasMessageContaining("1 writer");
        assertThatThrownBy(() -> Workload.keyed(1).changes(1)).hasMessageContaining("1 change");
    }

    private static long sum(Map<Long, Long> balances, int writer) {
        return balances.entrySet().stream()
                .filter(entry -> entry.getKey() % 2 == writer)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static List<Transaction> all(Workload workload) {
        List<Transaction> all = new ArrayList<>();
        for (int writer = 0; writer < workload.writers(); writer++) {
            workload.transactions(writer).forEachRemaining(all::add);
        }
        return all;
    }
}
