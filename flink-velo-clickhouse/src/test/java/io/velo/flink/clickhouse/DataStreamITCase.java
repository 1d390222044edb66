// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.uri.stream.VeloTable;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of ClickHouse in programs of the DataStream API. */
class DataStreamITCase {

    private final StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private TestTarget target;

    @BeforeEach
    void createTable() throws Exception {
        target = TestTarget.create();
        target.sql("CREATE TABLE t (id Int64, v Int64) ENGINE = MergeTree ORDER BY id");
    }

    private VeloTable table() {
        return VeloTable.at(target.uri("t", ""))
                .column("id", DataTypes.BIGINT().notNull())
                .column("v", DataTypes.BIGINT().notNull())
                .primaryKey("id")
                .build();
    }

    private DataStream<RowData> rows(RowKind... kinds) {
        RowData[] rows = new RowData[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            rows[i] = GenericRowData.ofKind(kinds[i], (long) i, 10L * i);
        }
        return environment.fromData(table().type(), rows);
    }

    @Test
    void writesAndReads() throws Exception {
        table().write(rows(RowKind.INSERT, RowKind.INSERT), "rows");
        environment.execute();

        try (CloseableIterator<RowData> read =
                table().read(environment, "rows").executeAndCollect()) {
            assertThat(read)
                    .toIterable()
                    .extracting(row -> List.of(row.getLong(0), row.getLong(1)))
                    .containsExactlyInAnyOrder(List.of(0L, 0L), List.of(1L, 10L));
        }
    }

    @Test
    void anEngineThatOnlyAppendsRefusesChanges() {
        assertThatThrownBy(
                        () ->
                                table().write(
                                                rows(RowKind.UPDATE_AFTER, RowKind.DELETE),
                                                ChangelogMode.all(),
                                                "changes"))
                .hasMessageContaining("VELO-CAP-002");
    }
}
