// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import java.io.Serializable;
import java.util.Optional;

/**
 * One column of a sorting key by which a scan can go on. Values travel as the hexadecimal form of
 * their text, so that nothing is lost on the way into the next query. Immutable.
 *
 * @param column the quoted column
 * @param hex the expression that gives a value as hexadecimal text
 * @param literalStart what stands before the hexadecimal text in an expression for that value
 * @param literalEnd what stands after it
 */
record ResumeKey(String column, String hex, String literalStart, String literalEnd)
        implements Serializable {

    /** The key of a column, or nothing for a type whose text does not name a value exactly. */
    static Optional<ResumeKey> of(ColumnMeta meta) {
        ClickHouseType type = meta.type();
        if (type.nullable()) {
            return Optional.empty();
        }
        String name = Sql.name(meta.name());
        // The answer to a function of a dictionary would be a dictionary again.
        boolean dictionary = type.text().contains("LowCardinality(");
        String value = dictionary ? "CAST(" + name + ", " + Sql.text(type.base()) + ")" : name;
        String text = "hex(toString(" + value + "))";
        String cast = "'), " + Sql.text(type.base()) + ")";
        return switch (type.kind()) {
            case BOOL, SIGNED, UNSIGNED, DECIMAL, ENUM, UUID, IPV4, IPV6, DATE, DATE32 ->
                    Optional.of(new ResumeKey(name, text, "CAST(unhex('", cast));
            case STRING -> Optional.of(new ResumeKey(name, "hex(" + value + ")", "unhex('", "')"));
            case FIXED_STRING ->
                    Optional.of(new ResumeKey(name, "hex(" + value + ")", "CAST(unhex('", cast));
            case DATETIME ->
                    Optional.of(
                            new ResumeKey(
                                    name,
                                    "hex(toString(toUnixTimestamp(" + value + ")))",
                                    "toDateTime(toUInt32(unhex('",
                                    "')))"));
            case DATETIME64 ->
                    Optional.of(
                            new ResumeKey(
                                    name,
                                    "hex(toString(" + value + ", 'UTC'))",
                                    "toDateTime64(unhex('",
                                    "'), " + type.precision() + ", 'UTC')"));
            default -> Optional.empty();
        };
    }

    /** An expression for the value. */
    String literal(String hexText) {
        return literalStart + hexText + literalEnd;
    }
}
