// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Finds Flink types that no ClickHouse column of this version takes, before anything is opened:
 * those that are not scalar and not arrays, maps and rows of scalar ones.
 */
public final class ScalarTypes {

    private static final Set<LogicalTypeRoot> SUPPORTED =
            Set.of(
                    LogicalTypeRoot.CHAR,
                    LogicalTypeRoot.VARCHAR,
                    LogicalTypeRoot.BOOLEAN,
                    LogicalTypeRoot.BINARY,
                    LogicalTypeRoot.VARBINARY,
                    LogicalTypeRoot.DECIMAL,
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT,
                    LogicalTypeRoot.FLOAT,
                    LogicalTypeRoot.DOUBLE,
                    LogicalTypeRoot.DATE,
                    LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private ScalarTypes() {}

    /**
     * Checks all columns of a row.
     *
     * @param verb what is to be done with them: read or written
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} with every column whose
     *     type is not supported
     */
    public static void check(RowType rowType, String verb) {
        Problems problems = new Problems();
        for (RowType.RowField field : rowType.getFields()) {
            LogicalType type = field.getType();
            if (!isSupported(type)) {
                problems.add(
                        Problem.of(
                                        ErrorCode.SCHEMA_TYPE,
                                        "Column '"
                                                + field.getName()
                                                + "' is "
                                                + type.asSummaryString()
                                                + ", which cannot be "
                                                + verb
                                                + " by the ClickHouse connector of this version.")
                                .remedy(
                                        "Use another type, such as STRING with the value as JSON"
                                                + " text, or leave the column out."));
            }
        }
        problems.throwIfAny();
    }

    private static boolean isSupported(LogicalType type) {
        boolean nested =
                switch (type.getTypeRoot()) {
                    case ARRAY, MAP, MULTISET, ROW -> true;
                    default -> false;
                };
        return nested
                ? type.getChildren().stream().allMatch(ScalarTypes::isSupported)
                : SUPPORTED.contains(type.getTypeRoot());
    }
}
