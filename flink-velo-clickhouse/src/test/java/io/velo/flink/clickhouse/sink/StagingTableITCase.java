// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.sink.StagingTable.Turn;
import io.velo.flink.clickhouse.type.Sql;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of a table that is filled under another name, each of which may be repeated. */
class StagingTableITCase {

    private final TestTarget target = TestTarget.create();

    @Test
    void everyStepMayBeTakenAgain() {
        StagingTable staging = staging("t", Turn.CREATE);
        staging.begin();
        staging.begin();
        assertThat(tables()).hasSize(1).first().asString().startsWith("_velo_staging_t_");
        staging.commit();
        staging.commit();
        assertThat(tables()).containsExactly("t");
        staging.abort();
        assertThat(tables()).containsExactly("t");
    }

    @Test
    void aTableThatCameInBetweenStaysAndSoDoTheRows() {
        StagingTable staging = staging("t", Turn.CREATE);
        staging.begin();
        target.sql("CREATE TABLE t (mine Int8) ENGINE = Memory");
        staging.commit();
        assertThat(target.value("SHOW CREATE TABLE t")).contains("mine");
        assertThat(tables()).hasSize(2).first().asString().startsWith("_velo_staging_t_");
    }

    @Test
    void whatAnotherJobLeftBehindIsDroppedOnceItIsOld() {
        staging("t", Turn.REPLACE).begin();
        staging("t_2", Turn.REPLACE).begin();
        StagingTable next = staging("t", Turn.REPLACE);
        next.begin();
        assertThat(tables()).hasSize(3);
        next.dropLeftBehind(Duration.ofSeconds(-2));
        assertThat(tables()).hasSize(1).first().asString().startsWith("_velo_staging_t_2_");
    }

    private StagingTable staging(String table, Turn turn) {
        String name = StagingTable.nameFor(table);
        String create =
                "CREATE TABLE IF NOT EXISTS "
                        + Sql.table(target.database(), name)
                        + " (id Int8) ENGINE = MergeTree ORDER BY id";
        return new StagingTable(target.target(Compression.NONE), table, name, create, turn);
    }

    private List<String> tables() {
        return target.sql("SHOW TABLES").stream().map(row -> row.get(0)).toList();
    }
}
