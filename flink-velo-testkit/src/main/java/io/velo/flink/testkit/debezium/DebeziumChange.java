// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import java.util.Map;

/**
 * One change as Debezium reports it. Column values are texts in one form for all times and numbers,
 * see {@link ColumnText}. Immutable.
 *
 * @param operation what happened
 * @param table {@code schema.table}
 * @param lsn where the change stands in the log, a position that is not unique
 * @param transaction the id of the transaction
 * @param before the columns that are known of the row before, empty where there was none
 * @param after the row afterwards, empty where there is none
 */
public record DebeziumChange(
        Operation operation,
        String table,
        long lsn,
        long transaction,
        Map<String, String> before,
        Map<String, String> after) {

    /** The text of a large value that an UPDATE left alone, and that the server did not send. */
    public static final String UNCHANGED = "__velo_unchanged__";

    /** What happened to a row. */
    public enum Operation {
        /** It was there when the snapshot was taken. */
        READ("r"),
        /** It was inserted. */
        INSERT("c"),
        /** It was updated. */
        UPDATE("u"),
        /** It was deleted. */
        DELETE("d"),
        /** All rows of the table were. */
        TRUNCATE("t");

        private final String code;

        Operation(String code) {
            this.code = code;
        }

        static Operation ofCode(String code) {
            for (Operation operation : values()) {
                if (operation.code.equals(code)) {
                    return operation;
                }
            }
            throw new IllegalArgumentException("Debezium has no operation '" + code + "'.");
        }
    }
}
