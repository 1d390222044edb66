// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.contract.Planning;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of a capture that would have no effect. */
class CaptureConflictsTest {

    private static final ResolvedSchema TABLE =
            ResolvedSchema.of(Column.physical("id", DataTypes.INT()));

    private static final ResolvedSchema ENVELOPES =
            ResolvedSchema.of(Column.physical("operation_type", DataTypes.STRING()));

    private static void plan(String parameters) {
        ResolvedSchema schema = parameters.contains("table=") ? TABLE : ENVELOPES;
        assertThat(
                        Planning.of(schema, "postgresql://u:p@127.0.0.1:1/d?cdc=true&" + parameters)
                                .source())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "table=t&transaction_markers=true; cannot show BEGIN and COMMIT",
                "table=t&on_truncate=emit; cannot show a TRUNCATE",
                "table=t&wal_on_exceed=fail; needs a limit",
                "table=t&scan_startup=snapshot&slot_name=s; scan_startup=snapshot makes no slot",
                "table=t&scan_startup=snapshot&publication_name=s; 'publication.name' has no",
                "table=t&scan_startup=snapshot&heartbeat_interval=1s; 'heartbeat.interval' has no",
                "table=t&scan_startup=snapshot&changelog=upsert; 'changelog' has no effect",
                "scan_startup=snapshot&on_truncate=emit; scan_startup=snapshot reads no changes",
                "table=t&scan_startup=latest&snapshot_strategy=key; reads no existing rows",
                "table=t&scan_startup=committed&snapshot_chunk_bytes=1mb; reads no existing rows",
                "table=t&on_lost_slot=resnapshot&scan_startup=latest; reads no existing rows",
                "table=t&target_session_attrs=standby; captured from the primary server only",
                "changelog=upsert; 'changelog' has no effect",
                "toast_unchanged=reselect; 'toast.unchanged' has no effect",
                "format=binary; 'format' has no effect",
                "on_schema_change=ignore; 'on-schema-change' has no effect",
                "on_special_value=null; 'on-special-value' has no effect"
            })
    void isRefused(String parameters, String sentence) {
        assertThatThrownBy(() -> plan(parameters))
                .hasStackTraceContaining("VELO-OPT-002")
                .hasStackTraceContaining(sentence);
    }

    @Test
    void allConflictsAreToldAtOnce() {
        assertThatThrownBy(() -> plan("changelog=all&format=binary&wal_on_exceed=fail"))
                .hasStackTraceContaining("'changelog' has no effect")
                .hasStackTraceContaining("'format' has no effect")
                .hasStackTraceContaining("needs a limit");
    }

    @Test
    void whatHasAnEffectIsTaken() {
        plan("table=t&wal_on_exceed=fail&wal_max_retained=1gb&slot_name=s&snapshot_strategy=key");
        plan("changelog=append&toast_unchanged=metadata&format=text&transaction_markers=true");
        plan("on_truncate=emit&scan_startup=latest&slot_name=s");
    }

    @Test
    void valuesThatWereNotSentMustBeTellable() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(1_000);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql(
                "CREATE TABLE changes (id INT, v STRING, unchanged_columns ARRAY<STRING> METADATA"
                        + " VIRTUAL, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector'='velo',"
                        + " 'uri'='postgresql://u:p@127.0.0.1:1/d?table=t&cdc=true"
                        + "&toast_unchanged=metadata')");

        assertThat(sql.explainSql("SELECT * FROM changes")).contains("unchanged_columns");
        assertThatThrownBy(() -> sql.explainSql("SELECT id, v FROM changes"))
                .hasStackTraceContaining("must read the metadata column 'unchanged_columns'");
    }
}
