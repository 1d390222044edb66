// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.contract.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * The rows of a table's source as they leave it, with the place in the log behind its columns.
 *
 * <p>Not through a query: where one reads metadata of an upsert changelog, Flink puts a
 * ChangelogNormalize behind the source. That shuffles by key, which ends the order of the log, and
 * its deletes are the rows before, which stand elsewhere in the log than the deletes.
 *
 * @param stream the rows
 * @param produced their type
 */
record CapturedRows(DataStream<RowData> stream, DataType produced) {

    /** Where a change stands: its commit, its number in the transaction, the transaction. */
    private static final List<String> PLACE = List.of("commit_lsn", "tx_ordinal", "xid");

    static CapturedRows of(
            StreamExecutionEnvironment environment, CapturedTable table, String uri) {
        ScanTableSource source = (ScanTableSource) Planning.of(schema(table), uri).source();
        SupportsReadingMetadata metadata = (SupportsReadingMetadata) source;
        List<DataTypes.Field> fields = new ArrayList<>();
        schema(table)
                .getColumns()
                .forEach(
                        column ->
                                fields.add(
                                        DataTypes.FIELD(column.getName(), column.getDataType())));
        PLACE.forEach(
                key -> fields.add(DataTypes.FIELD(key, metadata.listReadableMetadata().get(key))));
        DataType produced = DataTypes.ROW(fields).notNull();
        metadata.applyReadableMetadata(PLACE, produced);
        DataStreamScanProvider provider =
                (DataStreamScanProvider)
                        source.getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
        return new CapturedRows(
                provider.produceDataStream(name -> Optional.of(name), environment), produced);
    }

    private static ResolvedSchema schema(CapturedTable table) {
        StreamTableEnvironment sql =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        sql.executeSql(
                "CREATE TEMPORARY TABLE source ("
                        + table.flinkColumns()
                        + ", PRIMARY KEY ("
                        + table.flinkKey()
                        + ") NOT ENFORCED) WITH ('connector'='datagen')");
        return sql.from("source").getResolvedSchema();
    }

    /** Makes rows of the API. */
    RichMapFunction<RowData, Row> asRows() {
        return new AsRows(
                new SinkRuntimeProviderContext(false).createDataStructureConverter(produced));
    }

    private static final class AsRows extends RichMapFunction<RowData, Row> {

        private static final long serialVersionUID = 1L;

        private final DataStructureConverter converter;

        AsRows(DataStructureConverter converter) {
            this.converter = converter;
        }

        @Override
        public void open(OpenContext context) {
            converter.open(
                    RuntimeConverter.Context.create(getRuntimeContext().getUserCodeClassLoader()));
        }

        @Override
        public Row map(RowData row) {
            return (Row) converter.toExternal(row);
        }
    }
}
