// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import io.velo.flink.postgres.codec.DefaultTypes;
import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TypeFamily;
import io.velo.flink.postgres.meta.ServerFacts;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.scan.ScanQuery;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A column in a condition that the server evaluates, and what of it means the same there as in
 * Flink. Immutable, therefore thread-safe.
 *
 * @param sql the column in SQL
 * @param type its type in the database
 * @param family by which rules its values are compared
 * @param isExact whether Flink sees every value as it is: neither rounded nor replaced by NULL or a
 *     limit
 * @param isDeterministic whether equal texts have the same bytes
 */
record PushedColumn(
        String sql,
        PostgresType type,
        TypeFamily family,
        boolean isExact,
        boolean isDeterministic) {

    static PushedColumn of(
            TableColumn column, LogicalType declared, SpecialValues policy, ServerFacts facts) {
        boolean deterministic = facts.deterministic().contains(column.name());
        TypeFamily family = TypeFamily.of(column.type());
        boolean hidden = policy != SpecialValues.FAIL && family.hasSpecialValues();
        boolean readable = !family.isText() || facts.isUtf8();
        return new PushedColumn(
                ScanQuery.ALIAS + '.' + column.name().quoted(),
                column.type(),
                family,
                readable && !hidden && isSame(column.type(), family, declared),
                deterministic);
    }

    private static boolean isSame(PostgresType type, TypeFamily family, LogicalType declared) {
        if (family == TypeFamily.INTEGER) {
            return declared.getTypeRoot() == LogicalTypeRoot.SMALLINT
                    || declared.getTypeRoot() == LogicalTypeRoot.INTEGER
                    || declared.getTypeRoot() == LogicalTypeRoot.BIGINT;
        }
        return DefaultTypes.of(type)
                .map(DataType::getLogicalType)
                .map(natural -> natural.copy(true).equals(declared.copy(true)))
                .orElse(false);
    }

    /** The column as it is compared by order: texts by their bytes, as Flink compares them. */
    String ordered() {
        return family == TypeFamily.TEXT ? "(" + sql + " COLLATE \"C\")" : sql;
    }
}
