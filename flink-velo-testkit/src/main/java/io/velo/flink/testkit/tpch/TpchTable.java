// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

import static io.velo.flink.testkit.tpch.TpchType.DATE;
import static io.velo.flink.testkit.tpch.TpchType.DECIMAL;
import static io.velo.flink.testkit.tpch.TpchType.INT;
import static io.velo.flink.testkit.tpch.TpchType.LONG;
import static io.velo.flink.testkit.tpch.TpchType.TEXT;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The eight tables of TPC-H, the benchmark of decision support queries, with their data. The data
 * depends on the scale alone: 1 means six million line items.
 *
 * <p>Source: TPC Benchmark H Standard Specification, chapter 1.4, and {@code io.trino.tpch} for the
 * data.
 */
public enum TpchTable {
    /** 5 rows. */
    REGION(1, key("r_regionkey"), text("r_name"), text("r_comment")),
    /** 25 rows. */
    NATION(1, key("n_nationkey"), text("n_name"), key("n_regionkey"), text("n_comment")),
    /** 10 000 rows per scale. */
    SUPPLIER(
            1,
            key("s_suppkey"),
            text("s_name"),
            text("s_address"),
            key("s_nationkey"),
            text("s_phone"),
            decimal("s_acctbal"),
            text("s_comment")),
    /** 200 000 rows per scale. */
    PART(
            1,
            key("p_partkey"),
            text("p_name"),
            text("p_mfgr"),
            text("p_brand"),
            text("p_type"),
            number("p_size"),
            text("p_container"),
            decimal("p_retailprice"),
            text("p_comment")),
    /** 800 000 rows per scale. */
    PARTSUPP(
            2,
            key("ps_partkey"),
            key("ps_suppkey"),
            number("ps_availqty"),
            decimal("ps_supplycost"),
            text("ps_comment")),
    /** 150 000 rows per scale. */
    CUSTOMER(
            1,
            key("c_custkey"),
            text("c_name"),
            text("c_address"),
            key("c_nationkey"),
            text("c_phone"),
            decimal("c_acctbal"),
            text("c_mktsegment"),
            text("c_comment")),
    /** 1 500 000 rows per scale. */
    ORDERS(
            1,
            key("o_orderkey"),
            key("o_custkey"),
            text("o_orderstatus"),
            decimal("o_totalprice"),
            date("o_orderdate"),
            text("o_orderpriority"),
            text("o_clerk"),
            number("o_shippriority"),
            text("o_comment")),
    /** About 6 000 000 rows per scale; its key is the order and the line in it. */
    LINEITEM(
            2,
            key("l_orderkey"),
            number("l_linenumber"),
            key("l_partkey"),
            key("l_suppkey"),
            decimal("l_quantity"),
            decimal("l_extendedprice"),
            decimal("l_discount"),
            decimal("l_tax"),
            text("l_returnflag"),
            text("l_linestatus"),
            date("l_shipdate"),
            date("l_commitdate"),
            date("l_receiptdate"),
            text("l_shipinstruct"),
            text("l_shipmode"),
            text("l_comment"));

    private final List<TpchColumn> columns;
    private final int keyLength;

    TpchTable(int keyLength, TpchColumn... columns) {
        this.keyLength = keyLength;
        this.columns = List.of(columns);
    }

    private static TpchColumn key(String name) {
        return new TpchColumn(name, LONG);
    }

    private static TpchColumn number(String name) {
        return new TpchColumn(name, INT);
    }

    private static TpchColumn decimal(String name) {
        return new TpchColumn(name, DECIMAL);
    }

    private static TpchColumn date(String name) {
        return new TpchColumn(name, DATE);
    }

    private static TpchColumn text(String name) {
        return new TpchColumn(name, TEXT);
    }

    /** The name of the table, such as {@code lineitem}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns in the order of the data. The columns of the key come first. */
    public List<TpchColumn> columns() {
        return columns;
    }

    /** The names of the primary key's columns. */
    public List<String> key() {
        return columns.subList(0, keyLength).stream().map(TpchColumn::name).toList();
    }

    /**
     * The columns as a CREATE TABLE wants them between its brackets, without the key.
     *
     * @param type the server's word for a column's type
     */
    public String declaration(Function<TpchColumn, String> type) {
        return columns.stream()
                .map(column -> column.name() + " " + type.apply(column))
                .collect(Collectors.joining(", "));
    }

    /**
     * The rows as lines in UTF-8: values separated by {@code |}, which no value contains, days as
     * {@code 1998-12-01}, no header, nothing quoted. What {@code COPY} of PostgreSQL and CSV of
     * ClickHouse read with the delimiter {@code |}.
     *
     * @param scale the amount of data, such as 0.01
     */
    public InputStream data(double scale) {
        return new TpchLines<>(columns, generator(), scale);
    }

    private io.trino.tpch.TpchTable<?> generator() {
        return io.trino.tpch.TpchTable.getTable(tableName());
    }
}
