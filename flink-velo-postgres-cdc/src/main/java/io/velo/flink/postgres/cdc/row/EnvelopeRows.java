// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.ChangeRules;
import io.velo.flink.postgres.cdc.OnTruncate;
import io.velo.flink.postgres.cdc.pgoutput.Relation;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;

/**
 * Rows of a whole-database stream: what happened, in which table, and the row before and after as
 * JSON. Tuples must hold text. Used by one thread.
 */
public final class EnvelopeRows implements TableRows {

    private final Relation relation;
    private final RowLayout layout;
    private final ChangeRules rules;
    private final ChangeContext context;
    private final JsonRow json;
    private final EnvelopeColumn[] columns;

    /** Rows of one table. */
    public EnvelopeRows(
            Relation relation, RowLayout layout, ChangeRules rules, ChangeContext context) {
        this.relation = relation;
        this.layout = layout;
        this.rules = rules;
        this.context = context;
        this.json = new JsonRow(relation);
        this.columns = columns(layout);
    }

    private static EnvelopeColumn[] columns(RowLayout layout) {
        return layout.columns().getFieldNames().stream()
                .map(name -> EnvelopeColumn.valueOf(name.toUpperCase(Locale.ROOT)))
                .toArray(EnvelopeColumn[]::new);
    }

    @Override
    public void read(Tuple row, RowWriter out) {
        StringData after = json.of(row, null, false);
        out.write(row("READ", null, after, null, RowKind.INSERT));
    }

    @Override
    public void write(Change change, Tuple old, boolean oldIsFull, Tuple row, RowWriter out) {
        StringData after = null;
        List<StringData> left = null;
        boolean hasAfter = change != Change.DELETE && change != Change.KEY_UPDATE_OLD;
        if (hasAfter) {
            after = json.of(row, oldIsFull ? old : null, false);
            left = json.leftOut();
        }
        boolean hasBefore =
                old != null && change != Change.INSERT && change != Change.KEY_UPDATE_NEW;
        StringData before = hasBefore ? json.of(old, null, !oldIsFull) : null;
        String operation =
                switch (change) {
                    case INSERT, KEY_UPDATE_NEW -> "INSERT";
                    case UPDATE, KEY_UPDATE -> "UPDATE";
                    case DELETE, KEY_UPDATE_OLD -> "DELETE";
                };
        RowKind kind =
                switch (operation) {
                    case "INSERT" -> RowKind.INSERT;
                    case "UPDATE" -> RowKind.UPDATE_AFTER;
                    default -> RowKind.DELETE;
                };
        out.write(row(operation, before, after, left, kind));
    }

    @Override
    public void truncate(RowWriter out) {
        if (rules.truncate() == OnTruncate.EMIT) {
            out.write(row("TRUNCATE", null, null, null, RowKind.DELETE));
        } else if (rules.truncate() == OnTruncate.FAIL) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Table "
                                    + relation.schema()
                                    + "."
                                    + relation.table()
                                    + " was truncated.")
                    .remedy("Set on_truncate=emit to get a row for it, or on_truncate=ignore.")
                    .toException();
        }
    }

    @Override
    public void truncateAmidRead(RowWriter out) {
        if (rules.truncate() != OnTruncate.EMIT) {
            truncate(out);
            return;
        }
        throw Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Table "
                                + relation.schema()
                                + "."
                                + relation.table()
                                + " was truncated while its rows were read: a row TRUNCATE would"
                                + " take away those that were read behind it.")
                .remedy("Start the job without its state, which reads the table again.")
                .toException();
    }

    private GenericRowData row(
            String operation,
            StringData before,
            StringData after,
            List<StringData> left,
            RowKind kind) {
        GenericRowData row = new GenericRowData(RowKind.INSERT, layout.arity());
        for (int i = 0; i < columns.length; i++) {
            row.setField(
                    i,
                    switch (columns[i]) {
                        case OPERATION_TYPE -> StringData.fromString(operation);
                        case SCHEMA_NAME -> context.schema();
                        case TABLE_NAME -> context.table();
                        case BEFORE -> before;
                        case AFTER -> after;
                    });
        }
        context.fill(row, kind, left == null ? null : new GenericArrayData(left.toArray()));
        return row;
    }

    /** A row that says that a transaction begins or ends. */
    public static GenericRowData marker(String operation, RowLayout layout, ChangeContext context) {
        GenericRowData row = new GenericRowData(RowKind.INSERT, layout.arity());
        EnvelopeColumn[] columns = columns(layout);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == EnvelopeColumn.OPERATION_TYPE) {
                row.setField(i, StringData.fromString(operation));
            }
        }
        context.fill(row, RowKind.INSERT, null);
        return row;
    }
}
