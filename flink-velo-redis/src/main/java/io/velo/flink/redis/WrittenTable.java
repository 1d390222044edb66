// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.template.Segment;
import io.velo.flink.common.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table as it is written: which keys its rows get and what stands under them. Immutable,
 * therefore thread-safe.
 *
 * @param table the server and the keys
 * @param columns the physical columns
 * @param primaryKey names of its columns, or empty
 * @param type what the keys shall hold
 * @param ttl null for keys that do not expire
 */
record WrittenTable(
        RedisTable table, RowType columns, List<String> primaryKey, ValueType type, Duration ttl) {

    /** Builds the keys of rows. */
    KeyTemplate keys() {
        return KeyTemplate.of(table, template(), columns.getFieldNames(), columns.getChildren());
    }

    /** Whether the primary key alone says which Redis key a row has. */
    boolean isKeyedByPrimaryKey() {
        return Set.copyOf(primaryKey).containsAll(template().columns());
    }

    /**
     * Checks everything that can be checked before the planner asks.
     *
     * @throws io.velo.flink.common.error.VeloException if the template does not fit the table or a
     *     type cannot be stored
     */
    WrittenTable checked() {
        Template template = template();
        keys();
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

    /** The template of the keys. */
    Template template() {
        return KeyTemplate.parse(table, columns.getFieldNames());
    }

    /**
     * The encoder of the columns that an INSERT names, so that the others keep what they have.
     *
     * @param targets positions of these columns; empty if it names none
     */
    RowEncoder encoder(Set<Integer> targets) {
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
        int[] all = IntStream.range(0, columns.getFieldCount()).toArray();
        return new StringEncoder(JsonWriters.object(columns, all).orElseThrow(), ttl);
    }
}
