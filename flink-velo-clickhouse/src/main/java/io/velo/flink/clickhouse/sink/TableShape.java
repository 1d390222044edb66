// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.DefinitionOptions;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.catalog.Column;

/**
 * What a table that Velo creates is besides its columns, in ClickHouse's words. Immutable.
 *
 * @param orderBy the sorting key, or empty for the primary key
 * @param partitionBy the partition key, or empty
 * @param ttl when rows are removed, or empty
 * @param settings of the table, or empty
 * @param comment of the table, or empty
 * @param comments of its columns by their names
 * @param servers on which it is created and emptied
 */
record TableShape(
        String orderBy,
        String partitionBy,
        String ttl,
        String settings,
        String comment,
        Map<String, String> comments,
        OnCluster servers)
        implements Serializable {

    /** Nothing but columns. */
    static final TableShape PLAIN = new TableShape("", "", "", "", "", Map.of(), OnCluster.NONE);

    TableShape {
        comments = Map.copyOf(comments);
    }

    /**
     * What a definition says.
     *
     * @throws io.velo.flink.common.error.VeloException if it names two partition keys
     */
    static TableShape of(TableRequest request) {
        ResolvedOptions options = request.options();
        List<String> keys = request.table().getPartitionKeys();
        String partitionBy = options.find(DefinitionOptions.PARTITION_BY).orElse("");
        if (!keys.isEmpty() && !partitionBy.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "PARTITIONED BY and option 'partition-by' cannot be given together.")
                    .at(request.uri().toString())
                    .remedy("Remove one of them.")
                    .toException();
        }
        Map<String, String> comments = new HashMap<>();
        for (Column column : request.schema().getColumns()) {
            column.getComment().ifPresent(text -> comments.put(column.getName(), text));
        }
        String comment = request.table().getComment();
        return new TableShape(
                options.find(DefinitionOptions.ORDER_BY).orElse(""),
                keys.isEmpty() ? partitionBy : Sql.names(keys),
                options.find(DefinitionOptions.TTL).orElse(""),
                options.find(DefinitionOptions.TABLE_SETTINGS).orElse(""),
                comment == null ? "" : comment,
                comments,
                new OnCluster(options.find(DefinitionOptions.ON_CLUSTER).orElse("")));
    }

    /**
     * Refuses what only a new table can have, where none is created.
     *
     * @throws io.velo.flink.common.error.VeloException if an option would be ignored
     */
    static void check(TableRequest request) {
        ResolvedOptions options = request.options();
        if (options.get(ClickHouseOptions.AUTO_CREATE)) {
            return;
        }
        for (SchemeOption<String> option : DefinitionOptions.ALL) {
            if (options.isSet(option)) {
                throw Problem.of(
                                ErrorCode.OPTION_CONFLICT,
                                "Option '"
                                        + option.key()
                                        + "' has a meaning only where a table is created.")
                        .at(request.uri().toString())
                        .remedy(
                                "Set 'auto-create'='true', or create the table by CREATE TABLE in"
                                        + " a catalog whose URI names the server.")
                        .toException();
            }
        }
    }

    /** Those of the columns that its keys name, which therefore cannot be Nullable. */
    Set<String> keyColumns(List<String> columns) {
        return KeyText.columnsIn(orderBy + " " + partitionBy, columns);
    }

    /** The expressions of the sorting key. */
    List<String> sortingKey(List<String> primaryKey) {
        return orderBy.isEmpty() ? primaryKey : KeyText.parts(orderBy);
    }
}
