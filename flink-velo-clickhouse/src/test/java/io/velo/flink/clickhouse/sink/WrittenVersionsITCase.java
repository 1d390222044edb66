// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LoneWriterContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Versions of rows while blocks of an earlier run wait for their insert. */
class WrittenVersionsITCase {

    private static final ResolvedSchema SCHEMA =
            new ResolvedSchema(
                    List.of(
                            Column.physical("id", DataTypes.BIGINT().notNull()),
                            Column.physical("v", DataTypes.STRING())),
                    List.of(),
                    UniqueConstraint.primaryKey("pk", List.of("id")));

    private final TestTarget target = TestTarget.create();

    @Test
    void rowsOfARestoredWriterAreNewerThanThoseOfBlocksThatWait() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String, ver UInt64, gone UInt8) ENGINE ="
                        + " ReplacingMergeTree(ver, gone)"
                        + " ORDER BY id SETTINGS non_replicated_deduplication_window = 100");
        // The first writer starts above a version of tomorrow, as if its clock were ahead.
        target.sql(
                "INSERT INTO t VALUES (2, 'x', bitShiftLeft(toUInt64(toUnixTimestamp(now()) + 86400)"
                        + " * 1000, 20), 0)");
        ExactlyOnceSink sink = sink();
        List<StagedBlock> waiting = new ArrayList<>();
        List<WrittenVersions> state = new ArrayList<>();
        StatefulSinkWriter<RowData, WrittenVersions> writer =
                sink.restoreWriter(new LoneWriterContext(), List.of());
        waiting.addAll(sealed(writer, "old"));
        for (WrittenVersions each : writer.snapshotState(1)) {
            WrittenVersionsSerializer serializer = new WrittenVersionsSerializer();
            state.add(serializer.deserialize(1, serializer.serialize(each)));
        }
        target.sql("TRUNCATE TABLE t");
        waiting.addAll(sealed(sink.restoreWriter(new LoneWriterContext(), state), "new"));
        commit(sink, waiting);
        assertThat(target.value("SELECT concat(toString(count()), any(v)) FROM t FINAL"))
                .isEqualTo("1new");
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("2");
    }

    @Test
    void aRowIsNewerThanOneWhoseWriterHadAClockAhead() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String, ver UInt64, gone UInt8) ENGINE ="
                        + " ReplacingMergeTree(ver, gone) ORDER BY id SETTINGS"
                        + " non_replicated_deduplication_window = 100");
        target.sql(
                "INSERT INTO t VALUES (1, 'old', bitShiftLeft(toUInt64(toUnixTimestamp(now()) +"
                        + " 86400) * 1000, 20), 0)");
        ExactlyOnceSink sink = sink();
        commit(sink, sealed(sink.restoreWriter(new LoneWriterContext(), List.of()), "new"));
        assertThat(target.value("SELECT concat(toString(count()), any(v)) FROM t FINAL"))
                .isEqualTo("1new");
    }

    private List<StagedBlock> sealed(
            StatefulSinkWriter<RowData, WrittenVersions> writer, String value) throws Exception {
        GenericRowData row =
                GenericRowData.ofKind(RowKind.INSERT, 1L, StringData.fromString(value));
        try (writer) {
            writer.write(row, null);
            writer.flush(false);
            return new ArrayList<>(((StagingWriter) writer).prepareCommit());
        }
    }

    private static void commit(ExactlyOnceSink sink, List<StagedBlock> blocks) throws Exception {
        try (Committer<StagedBlock> committer = sink.committer(-1, VeloMetrics.unregistered())) {
            committer.commit(EarlierRun.requests(blocks));
        }
    }

    private ExactlyOnceSink sink() {
        DynamicTableSink table =
                Planning.of(SCHEMA, target.uri("t", "&sink_delivery_guarantee=exactly-once"))
                        .with("username", "velo")
                        .with("password", "velo")
                        .sink();
        table.getChangelogMode(ChangelogMode.upsert());
        SinkV2Provider provider =
                (SinkV2Provider)
                        table.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
        return (ExactlyOnceSink) provider.createSink();
    }
}
