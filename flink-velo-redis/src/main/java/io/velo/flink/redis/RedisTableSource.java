// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.LookupSettings;
import io.velo.flink.common.scheme.ScanRefused;
import io.velo.flink.common.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of Redis keys in a lookup join: the columns of the key template come from the join, the
 * other columns of the query from the values. Not thread-safe, as the planner uses it.
 */
final class RedisTableSource implements LookupTableSource, ScanRefused, SupportsProjectionPushDown {

    private final RedisTable table;
    private final List<RedisEndpoint> fallbacks;
    private final LookupSettings settings;
    private final List<String> columns;
    private RowType produced;

    /**
     * A source of a table.
     *
     * @param columns all physical columns
     * @param produced the columns that the query reads, all until the planner says otherwise
     * @param fallbacks servers that hold the same keys
     */
    RedisTableSource(
            RedisTable table,
            List<RedisEndpoint> fallbacks,
            LookupSettings settings,
            List<String> columns,
            RowType produced) {
        this.table = table;
        this.fallbacks = fallbacks;
        this.settings = settings;
        this.columns = columns;
        this.produced = produced;
    }

    @Override
    public String schemeName() {
        return RedisScheme.NAME;
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        produced = (RowType) producedDataType.getLogicalType();
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        List<RedisEndpoint> endpoints = new ArrayList<>(fallbacks);
        endpoints.add(0, table.endpoint());
        return AsyncLookupFunctionProvider.of(
                new BatchingLookup<>(
                        new RedisLookupTable(plan(context.getKeys()), endpoints),
                        settings.checked(produced, context.getKeys(), table.name())));
    }

    @Override
    public DynamicTableSource copy() {
        return new RedisTableSource(table, fallbacks, settings, columns, produced);
    }

    @Override
    public String asSummaryString() {
        return "Redis " + table.endpoint().shown();
    }

    /**
     * Decides how rows are looked up by the given columns.
     *
     * @param keys positions among the columns that the query reads
     */
    LookupPlan plan(int[][] keys) {
        Template template = KeyTemplate.parse(table, columns);
        KeyColumns keyColumns = new KeyColumns(produced, keys, table.name());
        List<String> keyNames = new ArrayList<>();
        List<LogicalType> keyTypes = new ArrayList<>();
        boolean[] inTemplate = new boolean[keys.length];
        for (int i = 0; i < keys.length; i++) {
            RowType.RowField field = produced.getFields().get(keys[i][0]);
            inTemplate[i] = template.columns().contains(field.getName());
            keyNames.add(field.getName());
            keyTypes.add(field.getType());
        }
        requireAll(template, keyNames);
        return new LookupPlan(
                table.name(),
                KeyTemplate.of(table, template, keyNames, keyTypes),
                keyColumns,
                inTemplate,
                values(template),
                produced.getFieldCount(),
                table.type().orElse(null));
    }

    private List<ValueColumn> values(Template template) {
        List<ValueColumn> values = new ArrayList<>();
        for (int i = 0; i < produced.getFieldCount(); i++) {
            RowType.RowField field = produced.getFields().get(i);
            if (!template.columns().contains(field.getName())) {
                // The type of the keys may show only later: the column must fit both kinds.
                if (FieldReaders.of(field.getType()).isEmpty()
                        || JsonReaders.of(field.getType()).isEmpty()) {
                    throw Columns.unsupported(table, field.getName(), field.getType());
                }
                values.add(new ValueColumn(field.getName(), field.getType(), i));
            }
        }
        return values;
    }

    private void requireAll(Template template, List<String> keyNames) {
        List<String> missing = new ArrayList<>(template.columns());
        missing.removeAll(keyNames);
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "The join does not compare '"
                                    + String.join("', '", missing)
                                    + "', which the key template '"
                                    + template
                                    + "' needs.")
                    .at(table.name())
                    .remedy(
                            "Compare all of these columns with = in the ON clause: "
                                    + String.join(", ", template.columns())
                                    + ".")
                    .toException();
        }
    }
}
