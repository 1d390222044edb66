// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.oracle.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle passes what is right and names what is wrong. */
class CaptureOracleTest {

    private static final List<SeenChange> HISTORY =
            List.of(
                    change("+U", "a", "a1", 1),
                    change("+U", "b", "b1", 2),
                    change("+U", "a", "a2", 3),
                    change("-D", "b", null, 4),
                    change("+U", "b", "b2", 5),
                    change("+U", "a", "a3", 6));

    private static final Map<String, String> TABLE = Map.of("a", "a3", "b", "b2");

    private static SeenChange change(String kind, String key, String row, long transaction) {
        return new SeenChange(kind, key, row, new SeenChange.Place(transaction, 1, transaction));
    }

    private static SeenChange snapshot(String key, String row) {
        return new SeenChange("+I", key, row, null);
    }

    private static Verdict judge(List<SeenChange> seen) {
        CaptureOracle oracle = new CaptureOracle(7);
        oracle.compareTable(seen, TABLE);
        oracle.checkOrder(seen);
        oracle.compareHistories(seen, HISTORY);
        return oracle.verdict();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void passesAJobThatJoinsInAnywhere(int joined) {
        List<SeenChange> seen = new ArrayList<>();
        String a = joined == 0 ? null : joined < 3 ? "a1" : joined < 6 ? "a2" : "a3";
        String b = joined < 2 || joined == 4 ? null : joined < 4 ? "b1" : "b2";
        if (a != null) {
            seen.add(snapshot("a", a));
        }
        if (b != null) {
            seen.add(snapshot("b", b));
        }
        seen.addAll(HISTORY.subList(joined, HISTORY.size()));

        assertThat(judge(seen).isClean()).isTrue();
    }

    @Test
    void passesBothHalvesOfAnUpdate() {
        assertThat(
                        judge(
                                        List.of(
                                                snapshot("a", "a2"),
                                                snapshot("b", "b2"),
                                                change("-U", "a", "a2", 6),
                                                change("+U", "a", "a3", 6)))
                                .isClean())
                .isTrue();
    }

    @Test
    void findsAChangeThatIsMissingInTheMiddle() {
        List<SeenChange> seen = new ArrayList<>(HISTORY);
        seen.remove(2);

        assertThat(judge(seen).count(Anomaly.LOST)).isEqualTo(1);
    }

    @Test
    void findsAStaleRowOfTheSnapshot() {
        assertThat(judge(List.of(snapshot("a", "a2"), snapshot("b", "b2"))).count(Anomaly.LOST))
                .as("in the table and in the history")
                .isEqualTo(2);
    }

    @Test
    void findsAChangeThatCameTwice() {
        List<SeenChange> seen = new ArrayList<>(HISTORY);
        seen.add(HISTORY.get(5));

        assertThat(judge(seen).count(Anomaly.DUPLICATED)).isEqualTo(2);
    }

    @Test
    void findsARowOfTheSnapshotThatCameTwice() {
        List<SeenChange> seen = new ArrayList<>();
        seen.add(snapshot("a", "a2"));
        seen.add(snapshot("b", "b2"));
        seen.add(snapshot("b", "b2"));
        seen.add(HISTORY.get(5));

        assertThat(judge(seen).count(Anomaly.DUPLICATED)).isEqualTo(1);
    }

    @Test
    void findsAForgottenDelete() {
        List<SeenChange> seen = new ArrayList<>(HISTORY);
        seen.remove(3);

        assertThat(judge(seen).isClean()).isFalse();
    }

    @Test
    void findsTwoChangesInTheWrongOrder() {
        List<SeenChange> seen = new ArrayList<>(HISTORY);
        seen.set(2, HISTORY.get(5));
        seen.set(5, HISTORY.get(2));

        assertThat(judge(seen).count(Anomaly.REORDERED)).isPositive();
    }

    @Test
    void findsARowThatNobodyWrote() {
        List<SeenChange> seen = new ArrayList<>(HISTORY);
        seen.add(change("+U", "c", "c1", 7));

        assertThat(judge(seen).count(Anomaly.PHANTOM)).isEqualTo(2);
    }
}
