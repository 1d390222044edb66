// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LoneWriterContext;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.Way;
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
import org.junit.jupiter.api.Timeout;

/** A task that is cancelled while a checkpoint waits for a server that does not answer. */
class CancelledFlushITCase {

    private static final ResolvedSchema SCHEMA =
            ResolvedSchema.of(Column.physical("id", DataTypes.BIGINT().notNull()));

    private final TestTarget target = TestTarget.create();

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theRowThatComesAfterTheInterruptDoesNotWait() throws Exception {
        target.sql("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id");
        String uri = target.uri("t", "&batch_size=1&max_in_flight=1&batch_timeout=10min");
        String port = uri.replaceAll(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1");
        try (FaultProxy proxy = FaultProxy.before(Integer.parseInt(port));
                SinkWriter<RowData> writer =
                        sink(uri.replace(":" + port + "/", ":" + proxy.port() + "/"))
                                .createWriter(new LoneWriterContext())) {
            proxy.hang(Way.TO_CLIENT);
            writer.write(GenericRowData.of(1L), null);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(InterruptedException.class);
            assertThatThrownBy(() -> writer.write(GenericRowData.of(2L), null))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @SuppressWarnings("unchecked")
    private static Sink<RowData> sink(String uri) {
        DynamicTableSink table =
                Planning.of(SCHEMA, uri).with("username", "velo").with("password", "velo").sink();
        table.getChangelogMode(ChangelogMode.insertOnly());
        SinkV2Provider provider =
                (SinkV2Provider)
                        table.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
        return (Sink<RowData>) provider.createSink();
    }
}
