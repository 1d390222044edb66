// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.leak;

import io.velo.flink.testkit.cycle.OpenClose;
import io.velo.flink.testkit.cycle.OpenCloseCycles;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** The cycles of all tests of this package: how many, and on which table. */
final class Cycles {

    private static final int TIMES = 500;

    /** Less than a table has: there is more to read when a source is closed. */
    static final int READ = 20;

    /** The columns without a key. */
    static final ResolvedSchema USERS =
            ResolvedSchema.of(
                    Column.physical("id", DataTypes.INT().notNull()),
                    Column.physical("name", DataTypes.STRING()));

    /** The same with a key. */
    static final ResolvedSchema KEYED =
            new ResolvedSchema(
                    USERS.getColumns(),
                    List.of(),
                    UniqueConstraint.primaryKey("key", List.of("id")),
                    List.of());

    private Cycles() {}

    /** A name that no other table has. */
    static String newTable() {
        return "l" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Rows to write. */
    static List<RowData> rows() {
        return IntStream.range(0, READ)
                .<RowData>mapToObj(i -> GenericRowData.of(i, StringData.fromString("x" + i)))
                .toList();
    }

    /** Requires that nothing is left, and says how long it took. */
    static void leaveNothing(String what, OpenClose cycle) throws Exception {
        Duration took = OpenCloseCycles.leaveNothing(TIMES, cycle);
        System.out.println("CYCLES " + what + " " + TIMES + " ms=" + took.toMillis());
    }
}
