// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * The connector {@value #NAME} of the benchmarks: the rows of {@link ClickHouseRows}, as cheap as a
 * table of Flink can give them. Its tables have those columns.
 */
public final class MadeRows implements DynamicTableSourceFactory {

    static final String NAME = "made-rows";

    /** The rows that lie in memory and are given again and again. */
    static final int DIFFERENT_ROWS = 100_000;

    private static final ConfigOption<Long> COUNT =
            ConfigOptions.key("count")
                    .longType()
                    .noDefaultValue()
                    .withDescription("The rows that the table has.");

    @Override
    public String factoryIdentifier() {
        return NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(COUNT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper options =
                FactoryUtil.createTableFactoryHelper(this, context);
        options.validate();
        return new Rows(options.getOptions().get(COUNT));
    }

    private record Rows(long count) implements ScanTableSource {

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return SourceProvider.of(
                    new DataGeneratorSource<>(
                            new RowPicker(DIFFERENT_ROWS),
                            count,
                            InternalTypeInfo.of(ClickHouseRows.TYPE)));
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return NAME;
        }
    }
}
