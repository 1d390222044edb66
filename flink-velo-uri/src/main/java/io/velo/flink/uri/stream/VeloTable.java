// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.stream;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.uri.table.VeloTableFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ParallelismProvider;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of a velo URI for a program of the DataStream API: the source and the sink that SQL uses,
 * with the same options, checks and guarantees.
 *
 * <pre>{@code
 * VeloTable orders =
 *         VeloTable.at("postgresql://db:5432/shop?table=orders")
 *                 .column("id", DataTypes.BIGINT().notNull())
 *                 .column("amount", DataTypes.DECIMAL(12, 2))
 *                 .primaryKey("id")
 *                 .option("username", "velo")
 *                 .option("password", "${env:VELO_PASSWORD}")
 *                 .build();
 * DataStream<RowData> rows = orders.read(environment, "orders");
 * copy.write(rows, "copy of orders");
 * }</pre>
 *
 * <p>Rows are Flink's internal {@link RowData}. A stream that holds more than insertions is written
 * with the kinds of its changes, as the planner tells a sink what a query sends. A sink that
 * updates by key needs all rows of a key in one subtask and in their order: key the stream by it,
 * which SQL does by itself. Immutable, therefore thread-safe.
 */
public final class VeloTable {

    private final Map<String, String> options;
    private final ResolvedSchema schema;
    private final ClassLoader classLoader;

    private VeloTable(Builder parts) {
        this.options = new LinkedHashMap<>(parts.options);
        this.schema =
                new ResolvedSchema(
                        List.copyOf(parts.columns),
                        List.of(),
                        parts.key.isEmpty() ? null : UniqueConstraint.primaryKey("key", parts.key));
        this.classLoader = Thread.currentThread().getContextClassLoader();
    }

    /** Starts the description of a table with its URI. */
    public static Builder at(String uri) {
        return new Builder(uri);
    }

    /** The type of the rows. */
    public InternalTypeInfo<RowData> type() {
        return InternalTypeInfo.of((RowType) schema.toPhysicalRowDataType().getLogicalType());
    }

    /**
     * Reads the table.
     *
     * @param name of the operator and its state
     * @throws io.velo.flink.common.error.VeloException if the options are wrong, or the scheme
     *     cannot be read so
     */
    public DataStream<RowData> read(StreamExecutionEnvironment environment, String name) {
        ScanTableSource.ScanRuntimeProvider provider = provider(environment.getConfiguration());
        if (provider instanceof DataStreamScanProvider streams) {
            return streams.produceDataStream(parts(name), environment);
        }
        if (provider instanceof SourceProvider sources) {
            DataStreamSource<RowData> rows =
                    environment.fromSource(
                            sources.createSource(), WatermarkStrategy.noWatermarks(), name, type());
            sources.getParallelism().ifPresent(rows::setParallelism);
            return rows.uid(name);
        }
        throw refusal("be read");
    }

    /**
     * Inserts rows into the table.
     *
     * @param name of the operator and its state
     * @throws io.velo.flink.common.error.VeloException if the options are wrong, or the scheme
     *     cannot be written so; the job fails with one at a row that is no insertion
     */
    public DataStreamSink<?> write(DataStream<RowData> rows, String name) {
        return write(rows, ChangelogMode.insertOnly(), name);
    }

    /**
     * Applies changes to the table.
     *
     * @param changes the kinds of rows that the stream holds
     * @param name of the operator and its state
     * @throws io.velo.flink.common.error.VeloException if the options are wrong, or the table
     *     cannot take such changes; the job fails with one at a row of another kind
     */
    public DataStreamSink<?> write(DataStream<RowData> rows, ChangelogMode changes, String name) {
        DynamicTableSink sink =
                new VeloTableFactory()
                        .createDynamicTableSink(
                                context(rows.getExecutionEnvironment().getConfiguration()));
        RowKinds kinds = RowKinds.negotiate(sink, changes);
        DynamicTableSink.SinkRuntimeProvider provider =
                sink.getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
        SingleOutputStreamOperator<RowData> taken = rows.filter(kinds).name(name + ": kinds");
        if (provider instanceof ParallelismProvider parallel) {
            // That of the sink, so that the rows of a key stay where they are.
            parallel.getParallelism().ifPresent(taken::setParallelism);
        }
        if (provider instanceof DataStreamSinkProvider streams) {
            return streams.consumeDataStream(parts(name), taken);
        }
        if (provider instanceof SinkV2Provider sinks) {
            DataStreamSink<RowData> written = taken.sinkTo(sinks.createSink()).name(name).uid(name);
            return written.setParallelism(taken.getParallelism());
        }
        throw refusal("be written");
    }

    /**
     * The source alone, for a job of this configuration; the option parallelism is left out.
     *
     * @throws io.velo.flink.common.error.VeloException as {@link #read} does, and where a table is
     *     more than a source
     */
    public Source<RowData, ?, ?> source(ReadableConfig configuration) {
        if (provider(configuration) instanceof SourceProvider sources) {
            return sources.createSource();
        }
        throw refusal("be one source");
    }

    private ScanTableSource.ScanRuntimeProvider provider(ReadableConfig configuration) {
        DynamicTableSource source =
                new VeloTableFactory().createDynamicTableSource(context(configuration));
        if (source instanceof ScanTableSource scan) {
            return scan.getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
        }
        throw refusal("be read");
    }

    /** Names the state of what a table consists of, where that is more than one operator. */
    private static ProviderContext parts(String name) {
        return part -> Optional.of(name + ": " + part);
    }

    private static RuntimeException refusal(String verb) {
        return Problem.of(
                        ErrorCode.CAPABILITY,
                        "The table of this URI cannot " + verb + " by the DataStream API.")
                .remedy("Use SQL, or a StreamTableEnvironment, for it.")
                .toException();
    }

    private DynamicTableFactory.Context context(ReadableConfig configuration) {
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .options(options)
                        .build();
        String name = VeloUri.schemeOf(options.get("uri"));
        return new FactoryUtil.DefaultDynamicTableContext(
                ObjectIdentifier.of("velo", "stream", name),
                new ResolvedCatalogTable(table, schema),
                Map.of(),
                Configuration.fromMap(configuration.toMap()),
                classLoader,
                false);
    }

    /** Describes a table. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> options = new LinkedHashMap<>();
        private final List<Column> columns = new ArrayList<>();
        private List<String> key = List.of();

        private Builder(String uri) {
            options.put("connector", VeloTableFactory.IDENTIFIER);
            options.put("uri", uri);
        }

        /** Adds a column. */
        public Builder column(String name, DataType type) {
            columns.add(Column.physical(name, type));
            return this;
        }

        /** Names the columns of the primary key, which are NOT NULL. */
        public Builder primaryKey(String... names) {
            key = List.of(names);
            return this;
        }

        /** Sets an option, as in {@code WITH}. */
        public Builder option(String name, String value) {
            options.put(name, value);
            return this;
        }

        /**
         * The table.
         *
         * @throws io.velo.flink.common.error.VeloException if it has no columns, or the key names a
         *     column that it has not, or one that takes NULL
         */
        public VeloTable build() {
            if (columns.isEmpty()) {
                throw Problem.of(ErrorCode.SCHEMA_DISCOVERY, "The table has no columns.")
                        .remedy("Add them: .column(\"id\", DataTypes.BIGINT()).")
                        .toException();
            }
            for (String name : key) {
                if (columns.stream().noneMatch(column -> isKey(column, name))) {
                    throw Problem.of(
                                    ErrorCode.SCHEMA_COLUMN,
                                    "The primary key names '"
                                            + name
                                            + "', which is no column that is NOT NULL.")
                            .remedy("Declare it: .column(\"id\", DataTypes.BIGINT().notNull()).")
                            .toException();
                }
            }
            return new VeloTable(this);
        }

        private static boolean isKey(Column column, String name) {
            return column.getName().equals(name)
                    && !column.getDataType().getLogicalType().isNullable();
        }
    }
}
