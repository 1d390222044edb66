// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertsTest {

    private static final List<String> COLUMNS = List.of("id", "v");

    @Test
    void aVersionThatNobodyDeclaresIsFilledByTheClock() {
        Upserts upserts =
                Upserts.of(
                        table("ReplacingMergeTree(ver, gone)", "id"),
                        COLUMNS,
                        List.of("id"),
                        DeleteMode.FAIL);
        assertThat(upserts)
                .isEqualTo(
                        new Upserts("", "", "ver", "gone", "", Upserts.Deletes.ROWS, false, false));
    }

    @Test
    void aDeclaredVersionKeepsTheOrderOfBlocksAndNeedsFullDeletes() {
        Upserts upserts =
                Upserts.of(
                        table("ReplacingMergeTree(ver, gone)", "id"),
                        List.of("id", "v", "ver"),
                        List.of("id"),
                        DeleteMode.FAIL);
        assertThat(upserts)
                .isEqualTo(new Upserts("", "", "", "gone", "", Upserts.Deletes.ROWS, true, true));
    }

    @Test
    void withoutAVersionBlocksGoOneByOneAndDeletesAreImpossible() {
        Upserts upserts =
                Upserts.of(
                        table("ReplacingMergeTree", "id"), COLUMNS, List.of("id"), DeleteMode.FAIL);
        assertThat(upserts.updateRefusal()).isEmpty();
        assertThat(upserts.deleteRefusal()).contains("no is_deleted column");
        assertThat(upserts.ordered()).isTrue();
    }

    @Test
    void aKeyThatIsNotTheSortingKeyIsRefused() {
        assertThat(refusal("ReplacingMergeTree", "v", List.of("id")))
                .contains("lacks the primary key column 'id'");
        assertThat(refusal("ReplacingMergeTree", "id, v", List.of("id")))
                .contains("ORDER BY has 'v'");
        assertThat(refusal("ReplacingMergeTree", "id", List.of("id", "v")))
                .contains("lacks the primary key column 'v'");
        assertThat(refusal("MergeTree", "id", List.of("id"))).contains("keeps every row");
        assertThat(refusal("ReplacingMergeTree", "id", List.of())).contains("no PRIMARY KEY");
        assertThat(refusal("ReplacingMergeTree(day)", "id", List.of("id")))
                .contains("version column 'day'");
    }

    @Test
    void versionsGrowAlsoWhenTheClockIsBehind() {
        long ahead = 60_000L << 20;
        HybridClock clock = new HybridClock(ahead, () -> 1);
        assertThat(clock.getAsLong()).isEqualTo(ahead + 1);
        assertThat(clock.getAsLong()).isEqualTo(ahead + 2);
        HybridClock fresh = new HybridClock(0, () -> 5);
        assertThat(fresh.getAsLong()).isEqualTo(5L << 20);
        assertThat(fresh.getAsLong()).isEqualTo((5L << 20) + 1);
    }

    private static String refusal(String engine, String sortingKey, List<String> primaryKey) {
        return Upserts.of(table(engine, sortingKey), COLUMNS, primaryKey, DeleteMode.FAIL)
                .updateRefusal();
    }

    private static TableMeta table(String engine, String sortingKey) {
        return new TableMeta(
                "db",
                "t",
                Engine.parse(engine),
                List.of(
                        column("id", "Int32"),
                        column("v", "String"),
                        column("ver", "UInt64"),
                        column("gone", "UInt8"),
                        column("day", "Date")),
                List.of(sortingKey.split(", ")),
                "",
                "");
    }

    private static ColumnMeta column(String name, String type) {
        return new ColumnMeta(name, TypeParser.parse(type), "", "");
    }
}
