// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.TableName;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * The table that is written and what a row does to it. Immutable; travels to the workers.
 *
 * @param settings the database
 * @param table the table in it
 * @param name the table's name in Flink, for messages
 * @param columns the rows that come
 * @param fields positions of the columns that are written, in the order of the rows
 * @param key positions of the primary key's columns, or empty: then rows are only added
 * @param onConflict what becomes of a row whose key is there already
 * @param versionField position of the column that must not go back, or -1
 * @param skipUnchanged whether a row that would change nothing is left alone
 * @param autoCreate whether a missing table is made
 * @param overwrites whether the rows take the place of all that are there
 * @param commitMethod how rows become visible together with a checkpoint; null if they need not
 */
public record WriteTarget(
        ConnectSettings settings,
        TableName table,
        String name,
        RowType columns,
        List<Integer> fields,
        List<Integer> key,
        OnConflict onConflict,
        int versionField,
        boolean skipUnchanged,
        boolean autoCreate,
        boolean overwrites,
        CommitMethod commitMethod)
        implements Serializable {

    public WriteTarget {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
    }

    /** Whether rows replace and delete rows of the same key. */
    boolean isUpsert() {
        return !key.isEmpty() && onConflict == OnConflict.UPDATE && !overwrites;
    }
}
