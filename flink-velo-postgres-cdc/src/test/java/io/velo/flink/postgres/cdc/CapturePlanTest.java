// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.junit.jupiter.api.Test;

/** What Flink puts behind an upsert changelog, as the scheme's page says. */
class CapturePlanTest {

    private static String plan(String columns) {
        return plan(columns, "");
    }

    private static String plan(String columns, String parameters) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(1_000);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql(
                "CREATE TABLE changes (id INT, v STRING, lsn STRING METADATA VIRTUAL, PRIMARY KEY"
                        + " (id) NOT ENFORCED) WITH ('connector'='velo',"
                        + " 'uri'='postgresql://u:p@127.0.0.1:1/d?table=t&cdc=true"
                        + parameters
                        + "')");
        sql.toChangelogStream(
                        sql.sqlQuery("SELECT " + columns + " FROM changes"),
                        Schema.newBuilder().primaryKey("id").build(),
                        ChangelogMode.upsert())
                .sinkTo(new DiscardingSink<>());
        return environment.getExecutionPlan();
    }

    @Test
    void changesGoStraightWhereDeletesByKeyAreTaken() {
        assertThat(plan("id, v")).contains("public.t changes").doesNotContain("ChangelogNormalize");
    }

    @Test
    void flinkKeepsTheLastRowOfEachKeyWhereMetadataIsRead() {
        assertThat(plan("id, lsn")).contains("ChangelogNormalize");
    }

    @Test
    void rowsThatAreReadOnceAreNoChanges() {
        assertThat(plan("id, lsn", "&scan_startup=snapshot"))
                .contains("public.t changes")
                .doesNotContain("ChangelogNormalize");
    }
}
