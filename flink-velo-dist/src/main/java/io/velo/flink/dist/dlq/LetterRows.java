// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonRowDataDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.RowRowConverter;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Reads the row of a dead letter, which {@link io.velo.flink.common.failure.RowJson} wrote. Columns
 * that the letter lacks are NULL, and those that the table lacks are left out. Not thread-safe.
 */
final class LetterRows {

    private final JsonRowDataDeserializationSchema json;
    private final RowRowConverter converter;
    private final boolean keyed;

    /**
     * Rows of one table.
     *
     * @param type of the table's rows
     * @param keyed whether rows can be deleted from it
     */
    LetterRows(DataType type, boolean keyed) {
        RowType rowType = (RowType) type.getLogicalType();
        this.keyed = keyed;
        this.json =
                new JsonRowDataDeserializationSchema(
                        rowType,
                        InternalTypeInfo.of(rowType),
                        false,
                        false,
                        TimestampFormat.ISO_8601);
        JobFailure.explained(
                () -> {
                    // It asks its context for nothing.
                    json.open(null);
                    return json;
                });
        this.converter = RowRowConverter.create(type);
        converter.open(LetterRows.class.getClassLoader());
    }

    /**
     * The row, to be inserted or deleted.
     *
     * @throws io.velo.flink.common.error.VeloException if the letter holds none for this table
     */
    Row of(DeadLetter letter) {
        if (!letter.format().equals("json") || letter.value() == null) {
            throw refusal(letter, "holds no row as JSON", null);
        }
        if (letter.isDeletion() && !keyed) {
            throw refusal(letter, "deletes a row, and the table has no primary key", null);
        }
        Row row;
        try {
            RowData internal = json.deserialize(letter.value());
            row = converter.toExternal(internal);
        } catch (IOException | RuntimeException e) {
            throw refusal(letter, "does not fit the columns: " + field(e), e);
        }
        row.setKind(letter.isDeletion() ? RowKind.DELETE : RowKind.INSERT);
        return row;
    }

    /** Which field it was; the outer message holds the row. */
    private static String field(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage()).replaceFirst("\\.$", "");
    }

    private static RuntimeException refusal(DeadLetter letter, String why, Throwable reason) {
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Dead letter " + letter.id() + " of " + letter.table() + " " + why + ".")
                .at(letter.uri())
                .remedy(
                        "Look at it with velo dlq list --json; leave it out with --code or --table,"
                                + " or name the columns that the table had in the job by columns="
                                + " in the URI of --into.")
                .toException(reason);
    }
}
