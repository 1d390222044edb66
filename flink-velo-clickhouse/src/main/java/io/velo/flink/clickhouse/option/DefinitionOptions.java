// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.util.List;

/**
 * What a table of the server is besides its columns, where Velo creates or alters it: by {@code
 * auto-create} and by the statements of a catalog. The texts are ClickHouse's own.
 */
public final class DefinitionOptions {

    /** The sorting key. */
    public static final SchemeOption<String> ORDER_BY =
            SchemeOption.of(
                            "order-by",
                            ValueKind.TEXT,
                            "ORDER BY of a table that is created, such as shop, toDate(at).")
                    .defaultInWords("the primary key")
                    .forSink();

    /** The partition key. */
    public static final SchemeOption<String> PARTITION_BY =
            SchemeOption.of(
                            "partition-by",
                            ValueKind.TEXT,
                            "PARTITION BY of a table that is created, such as toYYYYMM(at).")
                    .defaultInWords("the columns of PARTITIONED BY")
                    .forSink();

    /** When rows are removed. */
    public static final SchemeOption<String> TTL =
            SchemeOption.of(
                            "ttl",
                            ValueKind.TEXT,
                            "TTL of a table that is created, such as at + INTERVAL 30 DAY.")
                    .forSink();

    /** Settings of the table. */
    public static final SchemeOption<String> TABLE_SETTINGS =
            SchemeOption.of(
                            "table-settings",
                            ValueKind.TEXT,
                            "SETTINGS of a table that is created, such as index_granularity ="
                                    + " 1024.")
                    .forSink();

    /** On which servers such statements run. */
    public static final SchemeOption<String> ON_CLUSTER =
            SchemeOption.of(
                            "on-cluster",
                            ValueKind.TEXT,
                            "Cluster on all of whose servers tables and databases are created,"
                                    + " altered, emptied and dropped, such as {cluster}.")
                    .defaultInWords("the server that is asked alone")
                    .forSink();

    /** What has a meaning only where a table is created or altered. */
    public static final List<SchemeOption<String>> ALL =
            List.of(ORDER_BY, PARTITION_BY, TTL, TABLE_SETTINGS);

    private DefinitionOptions() {}
}
