// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.template.Segment;
import io.velo.flink.common.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A table of Redis keys that is written.
 *
 * <p>Without a primary key it takes insertions. With one it takes updates and deletions by key;
 * when the template uses more than the key, it also asks for the rows before updates, to delete the
 * keys under which they stood. Immutable, therefore thread-safe.
 *
 * @param table what is written
 * @param columns the physical columns
 * @param primaryKey names of its columns, or empty
 * @param type what the keys shall hold
 * @param ttl null for keys that do not expire
 * @param batching when rows are sent
 * @param parallelism null for the job's
 */
record RedisTableSink(
        RedisTable table,
        RowType columns,
        List<String> primaryKey,
        ValueType type,
        Duration ttl,
        WriteBatching batching,
        Integer parallelism)
        implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        if (primaryKey.isEmpty()) {
            return ChangelogMode.insertOnly();
        }
        if (!Set.copyOf(primaryKey).containsAll(template().columns())) {
            return ChangelogMode.all();
        }
        return ChangelogMode.newBuilder()
                .addContainedKind(RowKind.INSERT)
                .addContainedKind(RowKind.UPDATE_AFTER)
                .addContainedKind(RowKind.DELETE)
                .keyOnlyDeletes(true)
                .build();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        Set<Integer> targets = new HashSet<>();
        context.getTargetColumns()
                .ifPresent(
                        paths -> {
                            for (int[] path : paths) {
                                targets.add(path[0]);
                            }
                        });
        RedisSink sink =
                new RedisSink(
                        table.endpoint(),
                        table.name(),
                        KeyTemplate.of(
                                table, template(), columns.getFieldNames(), columns.getChildren()),
                        encoder(targets),
                        batching,
                        Backoff.HOUSE);
        return SinkV2Provider.of(sink, parallelism);
    }

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "Redis " + table.endpoint().shown();
    }

    /**
     * Checks everything that can be checked before the planner asks.
     *
     * @throws io.velo.flink.common.error.VeloException if the template does not fit the table or a
     *     type cannot be stored
     */
    RedisTableSink checked() {
        Template template = template();
        KeyTemplate.of(table, template, columns.getFieldNames(), columns.getChildren());
        List<String> uncovered = new ArrayList<>(primaryKey);
        uncovered.removeAll(template.columns());
        if (!uncovered.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The key template '"
                                    + template
                                    + "' lacks '"
                                    + String.join("', '", uncovered)
                                    + "' of the primary key: several rows would share one Redis"
                                    + " key.")
                    .at(table.name())
                    .remedy(
                            "Add the missing columns to 'key-pattern', or remove them from the"
                                    + " primary key.")
                    .toException();
        }
        refuseNeighbours(template);
        encoder(Set.of());
        return this;
    }

    /** With nothing between two columns, 1 and 23 would be written under the key of 12 and 3. */
    private void refuseNeighbours(Template template) {
        for (int i = 1; i < template.segments().size(); i++) {
            if (template.segments().get(i) instanceof Segment.Column
                    && template.segments().get(i - 1) instanceof Segment.Column) {
                throw Problem.of(
                                ErrorCode.OPTION_VALUE,
                                "The key template '"
                                        + template
                                        + "' has nothing between two"
                                        + " columns: different rows could share one Redis key.")
                        .at(table.name())
                        .remedy("Put a separator between them, such as {a}:{b}.")
                        .toException();
            }
        }
    }

    private Template template() {
        return KeyTemplate.parse(table, columns.getFieldNames());
    }

    /**
     * The encoder of the columns that an INSERT names, so that the others keep what they have.
     *
     * @param targets positions of these columns; empty if it names none
     */
    private RowEncoder encoder(Set<Integer> targets) {
        List<ValueColumn> written = new ArrayList<>();
        for (int i = 0; i < columns.getFieldCount(); i++) {
            RowType.RowField field = columns.getFields().get(i);
            boolean fits =
                    type == ValueType.HASH
                            ? HashEncoder.writer(field.getType()).isPresent()
                            : JsonWriters.of(field.getType()).isPresent();
            if (!fits) {
                throw Columns.unsupported(table, field.getName(), field.getType());
            }
            if (targets.isEmpty() || targets.contains(i)) {
                written.add(new ValueColumn(field.getName(), field.getType(), i));
            }
        }
        if (type == ValueType.HASH) {
            return new HashEncoder(written, ttl);
        }
        int[] all = java.util.stream.IntStream.range(0, columns.getFieldCount()).toArray();
        return new StringEncoder(JsonWriters.object(columns, all).orElseThrow(), ttl);
    }
}
