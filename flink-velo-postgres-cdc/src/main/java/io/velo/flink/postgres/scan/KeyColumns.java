// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.codec.ColumnDecoder;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TupleDecoder;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Finds the key of a row in its binary tuple. A key column that is projected in its own type is
 * read there; others are fields behind the projected ones. Keys are printed only when a position is
 * needed, not per row. Immutable, therefore thread-safe.
 */
final class KeyColumns {

    private static final LogicalType TEXT = VarCharType.STRING_TYPE;

    private final List<TableColumn> columns;
    private final List<ColumnMapping> extra = new ArrayList<>();
    private final int[] fields;
    private final ColumnDecoder[] decoders;

    KeyColumns(TableInfo table, List<ColumnMapping> projected) {
        this.columns =
                table.primaryKey().stream()
                        .map(name -> table.column(name.name()).orElseThrow())
                        .toList();
        this.fields = new int[columns.size()];
        this.decoders = new ColumnDecoder[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            TableColumn column = columns.get(i);
            ColumnMapping asText = ColumnMapping.of(column.name(), column.type(), TEXT);
            decoders[i] = asText.decoder(SpecialValues.FAIL);
            fields[i] = position(asText, projected);
            if (fields[i] < 0) {
                fields[i] = projected.size() + extra.size();
                extra.add(asText);
            }
        }
    }

    /** Where the column is sent in the same form already, or -1. */
    private static int position(ColumnMapping wanted, List<ColumnMapping> projected) {
        for (int i = 0; i < projected.size(); i++) {
            ColumnMapping mapping = projected.get(i);
            if (mapping.column().equals(wanted.column()) && mapping.wire().equals(wanted.wire())) {
                return i;
            }
        }
        return -1;
    }

    /** The key's columns in the key's order. */
    List<TableColumn> columns() {
        return columns;
    }

    /** The columns that must be read for the key alone. */
    List<ColumnMapping> extra() {
        return extra;
    }

    List<String> names() {
        return columns.stream().map(TableColumn::name).map(Identifier::name).toList();
    }

    /** The key of the tuple that begins at {@code start}. */
    KeyPoint of(byte[] tuple, int start) {
        List<String> values = new ArrayList<>(fields.length);
        for (int i = 0; i < fields.length; i++) {
            values.add(TupleDecoder.text(tuple, start, fields[i], decoders[i]));
        }
        return new KeyPoint(names(), values);
    }
}
