// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Decodes the tuples that {@link CopyStream} finds into rows: one row object and its values,
 * nothing else. Fields behind the last column (keys that only the reader needs) are not decoded.
 * Used by one thread.
 */
public final class TupleDecoder {

    private final List<ColumnMapping> columns;
    private final ColumnDecoder[] decoders;
    private final boolean[] nullable;

    /** A decoder of rows with these columns in this order. */
    public TupleDecoder(List<ColumnMapping> columns, SpecialValues policy) {
        this.columns = List.copyOf(columns);
        this.decoders = new ColumnDecoder[columns.size()];
        this.nullable = new boolean[columns.size()];
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = columns.get(i).decoder(policy);
            nullable[i] = columns.get(i).target().isNullable();
        }
    }

    /**
     * The row of the tuple that begins at {@code start}.
     *
     * @throws VeloException {@code VELO-IO-006} or {@code VELO-SCH-005}, see {@link ColumnDecoder}
     */
    public RowData decode(byte[] tuple, int start) {
        GenericRowData row = new GenericRowData(decoders.length);
        int at = start + 2;
        for (int i = 0; i < decoders.length; i++) {
            int length = Bytes.int4(tuple, at);
            at += 4;
            if (length >= 0) {
                row.setField(i, decoders[i].decode(tuple, at, length));
                at += length;
            } else if (!nullable[i]) {
                throw unexpectedNull(i);
            }
        }
        return row;
    }

    /** The row of single fields, null where the column is NULL. */
    public RowData decode(byte[][] fields, int first) {
        GenericRowData row = new GenericRowData(decoders.length);
        for (int i = 0; i < decoders.length; i++) {
            byte[] field = fields[first + i];
            if (field != null) {
                row.setField(i, decoders[i].decode(field, 0, field.length));
            } else if (!nullable[i]) {
                throw unexpectedNull(i);
            }
        }
        return row;
    }

    /**
     * The text of one field of a tuple as {@code decoder} reads it, null if the field is NULL.
     *
     * @param decoder a decoder to STRING
     */
    public static String text(byte[] tuple, int start, int field, ColumnDecoder decoder) {
        int at = start + 2;
        for (int i = 0; i < field; i++) {
            at += 4 + Math.max(0, Bytes.int4(tuple, at));
        }
        int length = Bytes.int4(tuple, at);
        return length < 0 ? null : ((StringData) decoder.decode(tuple, at + 4, length)).toString();
    }

    private VeloException unexpectedNull(int column) {
        ColumnMapping mapping = columns.get(column);
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "Column '"
                                + mapping.column()
                                + "' is declared "
                                + mapping.target().asSummaryString()
                                + ", but PostgreSQL holds a NULL in it.")
                .remedy("Declare the column without NOT NULL.")
                .toException();
    }
}
