// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.Serializable;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns that a join compares: reads them from rows of lookup keys into values of their own,
 * and makes rows of them. Immutable, therefore thread-safe; travels to the workers.
 */
public final class KeyColumns implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int[] positions;
    private final RowData.FieldGetter[] getters;
    private final int arity;

    /**
     * The key of a join.
     *
     * @param produced the columns of the rows that the lookup returns
     * @param keys positions of the key's columns among them, as Flink gives them to a lookup source
     * @param table for messages
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CAP-002} if a column is nested
     */
    public KeyColumns(RowType produced, int[][] keys, String table) {
        this.positions = new int[keys.length];
        this.getters = new RowData.FieldGetter[keys.length];
        this.arity = produced.getFieldCount();
        for (int i = 0; i < keys.length; i++) {
            RowType.RowField field = produced.getFields().get(keys[i][0]);
            if (keys[i].length > 1 || isNested(field.getType().getTypeRoot())) {
                throw Problem.of(
                                ErrorCode.CAPABILITY_COMBINATION,
                                "Column '"
                                        + field.getName()
                                        + "' is nested and cannot be compared in a lookup join.")
                        .at(table)
                        .remedy("Compare columns of scalar types.")
                        .toException();
            }
            positions[i] = keys[i][0];
            getters[i] = RowData.createFieldGetter(field.getType(), i);
        }
    }

    private static boolean isNested(LogicalTypeRoot root) {
        return switch (root) {
            case ROW, STRUCTURED_TYPE, ARRAY, MAP, MULTISET, RAW -> true;
            default -> false;
        };
    }

    /** The values of a row of lookup keys, none of which shares memory with it. */
    public KeyValues read(RowData keyRow) {
        Object[] values = new Object[getters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = own(getters[i].getFieldOrNull(keyRow));
        }
        return new KeyValues(values);
    }

    /** A row of the lookup with the columns of the key and NULL in all others. */
    public GenericRowData rowOfNulls(KeyValues key) {
        GenericRowData row = new GenericRowData(arity);
        for (int i = 0; i < positions.length; i++) {
            row.setField(positions[i], key.get(i));
        }
        return row;
    }

    /** Where a column of the key stands in the rows that the lookup returns. */
    public int position(int column) {
        return positions[column];
    }

    /** How many columns the key has. */
    public int size() {
        return positions.length;
    }

    private static Object own(Object value) {
        return value instanceof StringData text ? StringData.fromBytes(text.toBytes()) : value;
    }
}
