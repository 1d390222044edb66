// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.util.function.LongSupplier;

/**
 * Makes the clocks of tables whose rows get versions: they go by the server's time, so that those
 * of all writers of a table agree, however wrong the clocks of their machines are.
 */
final class TableClock {

    private static final BigInteger MAX_VERSION = BigInteger.valueOf(Long.MAX_VALUE);

    /** The server's time is known as well as its answer is quick. */
    private static final long QUICK_MILLIS = 1_000;

    private static final int QUESTIONS = 3;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private TableClock() {}

    /**
     * The clock of new rows, whose versions are greater than all in the table.
     *
     * @throws io.velo.flink.common.error.VeloException if none can be greater
     */
    static HybridClock of(HttpTransport transport, TableMeta meta, Upserts upserts)
            throws IOException {
        if (upserts.version().isEmpty()) {
            return new HybridClock(0, System::currentTimeMillis);
        }
        long floor = floor(transport, meta, upserts);
        return new HybridClock(floor, serverMillis(transport));
    }

    /**
     * The server's time, never ahead of it, and behind by what its answer took at the most. It runs
     * on by this machine's {@code nanoTime}, because its calendar may be set while the job runs.
     */
    private static LongSupplier serverMillis(HttpTransport transport) throws IOException {
        long ahead = Long.MIN_VALUE;
        for (int asked = 0; asked < QUESTIONS; asked++) {
            long before = elapsedMillis();
            long there =
                    Long.parseLong(
                            transport
                                    .rows("SELECT toUnixTimestamp64Milli(now64(3))")
                                    .get(0)
                                    .get(0));
            long after = elapsedMillis();
            ahead = Math.max(ahead, there - after);
            if (after - before <= QUICK_MILLIS) {
                break;
            }
        }
        long offset = ahead;
        return () -> elapsedMillis() + offset;
    }

    private static long elapsedMillis() {
        return Math.floorDiv(System.nanoTime(), NANOS_PER_MILLI);
    }

    /**
     * The greatest version in the table: also after a restart on a machine whose clock is behind,
     * new versions must be greater than all that were ever written.
     */
    private static long floor(HttpTransport transport, TableMeta meta, Upserts upserts)
            throws IOException {
        String max =
                transport
                        .rows(
                                "SELECT toString(max("
                                        + Sql.name(upserts.version())
                                        + ")) FROM "
                                        + Sql.table(meta.database(), meta.table()))
                        .get(0)
                        .get(0);
        BigInteger floor = new BigInteger(max);
        if (floor.compareTo(MAX_VERSION) >= 0) {
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "Column '"
                                    + upserts.version()
                                    + "' of "
                                    + meta.title()
                                    + " holds a version that no generated one can exceed.")
                    .remedy("Declare the version column in the table and fill it in the query.")
                    .toException();
        }
        return Math.max(0, floor.longValueExact());
    }
}
