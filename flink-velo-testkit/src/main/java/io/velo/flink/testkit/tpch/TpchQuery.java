// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the 22 queries of TPC-H with the parameters of its validation, over tables with the names
 * of {@link TpchTable}. Immutable, therefore thread-safe.
 *
 * <p>Each text is standard SQL in {@code tpch/qNN.sql}, which Flink and PostgreSQL understand. A
 * server that needs other words has them in {@code tpch/<dialect>/qNN.sql}.
 *
 * <p>Source: TPC Benchmark H Standard Specification, chapter 2.4.
 *
 * @param number from 1 to 22
 */
public record TpchQuery(int number) {

    /** How many queries there are. */
    public static final int COUNT = 22;

    public TpchQuery {
        if (number < 1 || number > COUNT) {
            throw new IllegalArgumentException("TPC-H has no query " + number + ".");
        }
    }

    /** All queries, by number. */
    public static List<TpchQuery> all() {
        return IntStream.rangeClosed(1, COUNT).mapToObj(TpchQuery::new).toList();
    }

    /** The query in Flink SQL, without a semicolon. */
    public String flinkSql() {
        return sql("flink");
    }

    /**
     * The query in the SQL of a server, without a semicolon.
     *
     * @param dialect {@code flink}, {@code postgres} or {@code clickhouse}
     */
    public String sql(String dialect) {
        String name = String.format("q%02d.sql", number);
        String own = read("/tpch/" + dialect + "/" + name);
        return own != null ? own : read("/tpch/" + name);
    }

    private static String read(String resource) {
        try (InputStream in = TpchQuery.class.getResourceAsStream(resource)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code Q7}. */
    @Override
    public String toString() {
        return "Q" + number;
    }
}
