// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.ScanRefused;
import io.velo.flink.common.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table of Redis keys in a lookup join: the columns of the key template come from the join, the
 * other columns of the query from the values. Not thread-safe, as the planner uses it.
 */
final class RedisTableSource implements LookupTableSource, ScanRefused, SupportsProjectionPushDown {

    private final RedisTable table;
    private final LookupBatching batching;
    private final LookupCache cache;
    private final List<String> columns;
    private RowType produced;

    /**
     * A source of a table.
     *
     * @param columns all physical columns
     * @param produced the columns that the query reads, all until the planner says otherwise
     * @param cache null for none
     */
    RedisTableSource(
            RedisTable table,
            LookupBatching batching,
            LookupCache cache,
            List<String> columns,
            RowType produced) {
        this.table = table;
        this.batching = batching;
        this.cache = cache;
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
        RedisLookup lookup = new RedisLookup(plan(context.getKeys()), batching);
        return cache == null
                ? AsyncLookupFunctionProvider.of(lookup)
                : PartialCachingAsyncLookupProvider.of(lookup, cache);
    }

    @Override
    public DynamicTableSource copy() {
        return new RedisTableSource(table, batching, cache, columns, produced);
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
        List<String> keyNames = new ArrayList<>();
        List<LogicalType> keyTypes = new ArrayList<>();
        List<LookupPlan.LookupKey> keyColumns = new ArrayList<>();
        for (int[] key : keys) {
            RowType.RowField field = produced.getFields().get(key[0]);
            boolean inTemplate = template.columns().contains(field.getName());
            if (key.length > 1 || !inTemplate && JsonReaders.isNested(field.getType())) {
                throw nestedKey(field.getName());
            }
            keyColumns.add(
                    new LookupPlan.LookupKey(
                            RowData.createFieldGetter(field.getType(), keyColumns.size()),
                            key[0],
                            inTemplate));
            keyNames.add(field.getName());
            keyTypes.add(field.getType());
        }
        requireAll(template, keyNames);
        return new LookupPlan(
                UUID.randomUUID(),
                table.name(),
                table.endpoint(),
                KeyTemplate.of(table, template, keyNames, keyTypes),
                keyColumns,
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

    private RuntimeException nestedKey(String column) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Column '"
                                + column
                                + "' is nested and cannot be compared in a lookup"
                                + " join with Redis.")
                .at(table.name())
                .remedy("Compare columns of scalar types.")
                .toException();
    }
}
