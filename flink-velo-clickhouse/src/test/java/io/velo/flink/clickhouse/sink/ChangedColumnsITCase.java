// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LoneWriterContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.junit.jupiter.api.Test;

/** A table whose columns change while rows that the server rejects would not fail the job. */
class ChangedColumnsITCase {

    private static final ResolvedSchema SCHEMA =
            ResolvedSchema.of(
                    Column.physical("id", DataTypes.BIGINT().notNull()),
                    Column.physical("n", DataTypes.BIGINT().notNull()));

    private final TestTarget target = TestTarget.create();

    @Test
    void theJobFailsInsteadOfTakingEveryRowForABadOne() throws Exception {
        target.sql("CREATE TABLE t (id Int64, n Int64) ENGINE = MergeTree ORDER BY id");
        try (SinkWriter<RowData> writer = sink().createWriter(new LoneWriterContext())) {
            target.sql("ALTER TABLE t MODIFY COLUMN n Int32");
            for (long id = 0; id < 10; id++) {
                writer.write(GenericRowData.of(id, id), null);
            }
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("'n' was Int64 and is Int32")
                    .hasMessageContaining("Start the job again");
        }
        try (SinkWriter<RowData> again = sink().createWriter(new LoneWriterContext())) {
            again.write(GenericRowData.of(1L, 7L), null);
            again.flush(true);
        }
        assertThat(target.value("SELECT concat(toString(count()), ' ', toString(sum(n))) FROM t"))
                .isEqualTo("1 7");
    }

    @SuppressWarnings("unchecked")
    private Sink<RowData> sink() {
        DynamicTableSink table =
                Planning.of(SCHEMA, target.uri("t", "&format=rowbinary"))
                        .with("username", "velo")
                        .with("password", "velo")
                        .with("failure.strategy", "log-and-continue")
                        .sink();
        table.getChangelogMode(ChangelogMode.insertOnly());
        SinkV2Provider provider =
                (SinkV2Provider)
                        table.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
        return (Sink<RowData>) provider.createSink();
    }
}
