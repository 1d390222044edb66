// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.ChangeRules;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnTruncate;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.codec.ColumnDecoder;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.RowKind;

/** Rows with the columns of the table. Used by one thread. */
public final class TypedRows implements TableRows {

    /**
     * How one column of the job is read.
     *
     * @param name its name
     * @param position where it stands in tuples, or -1 if the table has it no more
     * @param binary decodes the binary form
     * @param text decodes the text form
     * @param type the Flink type
     * @param key whether the key that identifies rows holds it
     */
    public record Field(
            String name,
            int position,
            ColumnDecoder binary,
            ColumnDecoder text,
            LogicalType type,
            boolean key) {}

    private final TableName table;
    private final RowLayout layout;
    private final ChangeRules rules;
    private final ChangeContext context;
    private final Reselection reselection;
    private final Field[] fields;
    private final boolean[] nullable;
    private final boolean upserts;
    private List<StringData> unchanged;
    private byte[] wrapped;
    private MemorySegment[] segments;

    /** Rows of a table whose tuples have these fields. */
    public TypedRows(
            TableName table,
            RowLayout layout,
            ChangeRules rules,
            ChangeContext context,
            List<Field> fields,
            Reselection reselection) {
        this.table = table;
        this.layout = layout;
        this.rules = rules;
        this.context = context;
        this.fields = fields.toArray(Field[]::new);
        this.reselection = reselection;
        this.nullable = new boolean[this.fields.length];
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = this.fields[i].type().isNullable();
        }
        this.upserts = !layout.keys().isEmpty() && rules.form() != ChangelogForm.ALL;
    }

    @Override
    public void read(Tuple row, RowWriter out) {
        out.write(row(row, null, false, RowKind.INSERT));
    }

    @Override
    public void write(Change change, Tuple old, boolean oldIsFull, Tuple row, RowWriter out) {
        switch (change) {
            case INSERT, KEY_UPDATE_NEW -> after(row, old, oldIsFull, RowKind.INSERT, out);
            case DELETE, KEY_UPDATE_OLD -> before(old, oldIsFull, RowKind.DELETE, out);
            case KEY_UPDATE -> {
                before(old, oldIsFull, RowKind.DELETE, out);
                after(row, old, oldIsFull, RowKind.INSERT, out);
            }
            case UPDATE -> {
                if (!upserts) {
                    before(old, oldIsFull, RowKind.UPDATE_BEFORE, out);
                }
                after(row, old, oldIsFull, RowKind.UPDATE_AFTER, out);
            }
        }
    }

    private void before(Tuple old, boolean full, RowKind kind, RowWriter out) {
        if (!full && !upserts) {
            throw noOldRow();
        }
        out.write(full ? row(old, null, false, kind) : keyRow(old, kind));
    }

    private void after(Tuple row, Tuple old, boolean full, RowKind kind, RowWriter out) {
        GenericRowData written = row(row, old, full, kind);
        if (written != null) {
            out.write(written);
        }
    }

    private GenericRowData row(Tuple row, Tuple old, boolean oldIsFull, RowKind kind) {
        GenericRowData written = new GenericRowData(kind, layout.arity());
        unchanged = null;
        for (int i = 0; i < fields.length; i++) {
            int position = fields[i].position();
            byte form = position < 0 ? Tuple.NULL : row.kind(position);
            if (form == Tuple.BINARY) {
                written.setField(i, decoded(fields[i].binary(), row, position));
            } else if (form == Tuple.TEXT) {
                written.setField(i, decoded(fields[i].text(), row, position));
            } else if (form == Tuple.NULL) {
                requireNullable(i);
            } else if (oldIsFull) {
                written.setField(i, value(fields[i], old, position));
            } else if (rules.toast() == UnchangedToast.RESELECT) {
                return reselected(row, kind);
            } else {
                unchanged(i);
            }
        }
        finish(written, kind);
        return written;
    }

    private Object value(Field field, Tuple tuple, int position) {
        ColumnDecoder decoder =
                switch (tuple.kind(position)) {
                    case Tuple.BINARY -> field.binary();
                    case Tuple.TEXT -> field.text();
                    default -> null;
                };
        return decoder == null ? null : decoded(decoder, tuple, position);
    }

    private Object decoded(ColumnDecoder decoder, Tuple tuple, int position) {
        int start = tuple.start(position);
        int length = tuple.length(position);
        return decoder == ColumnDecoder.AS_SENT
                ? BinaryStringData.fromAddress(segments(tuple.bytes()), start, length)
                : decoder.decode(tuple.bytes(), start, length);
    }

    /** All texts of a message share one view of it. */
    private MemorySegment[] segments(byte[] bytes) {
        if (wrapped != bytes) {
            wrapped = bytes;
            segments = new MemorySegment[] {MemorySegmentFactory.wrap(bytes)};
        }
        return segments;
    }

    private GenericRowData keyRow(Tuple old, RowKind kind) {
        GenericRowData written = new GenericRowData(kind, layout.arity());
        unchanged = null;
        for (int i = 0; i < fields.length; i++) {
            written.setField(
                    i,
                    fields[i].key()
                            ? value(fields[i], old, fields[i].position())
                            : PlaceholderValues.of(fields[i].type()));
        }
        finish(written, kind);
        return written;
    }

    /** The row as it is now; none if it is gone, because its end follows in the stream. */
    private GenericRowData reselected(Tuple row, RowKind kind) {
        Tuple now = reselection.now(row);
        if (now == null) {
            return null;
        }
        GenericRowData written = new GenericRowData(kind, layout.arity());
        unchanged = null;
        for (int i = 0; i < fields.length; i++) {
            boolean isNull = now.kind(i) == Tuple.NULL;
            if (isNull) {
                requireNullable(i);
            } else {
                written.setField(
                        i, fields[i].binary().decode(now.bytes(), now.start(i), now.length(i)));
            }
        }
        finish(written, kind);
        return written;
    }

    private void finish(GenericRowData written, RowKind kind) {
        if (!layout.metadata().isEmpty()) {
            GenericArrayData names =
                    unchanged == null ? null : new GenericArrayData(unchanged.toArray());
            context.fill(written, kind, names);
        }
        if (rules.form() == ChangelogForm.APPEND) {
            written.setRowKind(RowKind.INSERT);
        }
    }

    private void requireNullable(int field) {
        if (!nullable[field]) {
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "Column '"
                                    + fields[field].name()
                                    + "' of table "
                                    + table
                                    + " is declared NOT NULL, but PostgreSQL holds a NULL in it.")
                    .remedy("Declare the column without NOT NULL.")
                    .toException();
        }
    }

    private void unchanged(int field) {
        if (rules.toast() == UnchangedToast.FAIL) {
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "An update of table "
                                    + table
                                    + " left the large value of column '"
                                    + fields[field].name()
                                    + "' as it was, so the server did not send it.")
                    .remedy(
                            "Run ALTER TABLE "
                                    + table.quoted()
                                    + " REPLICA IDENTITY FULL; or set toast_unchanged=reselect, or"
                                    + " toast_unchanged=metadata.")
                    .toException();
        }
        requireNullable(field);
        if (unchanged == null) {
            unchanged = new ArrayList<>();
        }
        unchanged.add(StringData.fromString(fields[field].name()));
    }

    private VeloException noOldRow() {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The server does not send the row before a change of table "
                                + table
                                + ", which the changelog needs.")
                .remedy(
                        "Run ALTER TABLE "
                                + table.quoted()
                                + " REPLICA IDENTITY FULL; or declare the PRIMARY KEY and set"
                                + " changelog=upsert.")
                .toException();
    }

    @Override
    public void truncate(RowWriter out) {
        if (rules.truncate() == OnTruncate.IGNORE) {
            return;
        }
        throw Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Table " + table + " was truncated, which Flink has no change for.")
                .remedy(
                        "Start the job anew, without its state, to read the table again; or set"
                                + " on_truncate=ignore to keep the rows.")
                .toException();
    }
}
