// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.TypeParser;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * How a query asks for a column. Most columns come as they are. Dictionaries and JSON documents are
 * cast to plain values, so that no setting is needed for them. A DateTime that is read as local
 * time is cast to DateTime64, because the Native header leaves out the zone of a DateTime.
 */
public final class ReadCast {

    private ReadCast() {}

    /** The expression for a column in the SELECT list. */
    public static String expression(String name, ClickHouseType type, LogicalType flink) {
        ClickHouseType answer = answerType(type, flink);
        return answer == type
                ? Sql.name(name)
                : "CAST(" + Sql.name(name) + ", " + Sql.text(answer.text()) + ")";
    }

    /** The type of that expression: the column's own, the same object, if nothing is cast. */
    public static ClickHouseType answerType(ClickHouseType type, LogicalType flink) {
        if (type.kind() == TypeKind.JSON || type.text().contains("LowCardinality(")) {
            return TypeParser.parse(type.headerText());
        }
        boolean zoned = type.kind() == TypeKind.DATETIME && !type.zone().isEmpty();
        if (zoned && flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
            String plain = "DateTime64(0, " + Sql.text(type.zone()) + ")";
            return TypeParser.parse(type.nullable() ? "Nullable(" + plain + ")" : plain);
        }
        return type;
    }
}
