// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.meta.Engine;
import java.util.List;
import java.util.Optional;

/**
 * What the engine of a Distributed table names. Immutable.
 *
 * @param cluster the cluster, perhaps with macros such as {@code {cluster}} in it
 * @param database the database of the tables on the shards; empty for each shard's own default
 * @param table the name of those tables
 * @param shardingKey the expression that chooses the shard of a row, or empty
 */
public record DistributedTable(String cluster, String database, String table, String shardingKey) {

    /** What the engine names, or nothing if its arguments are not plain texts and names. */
    public static Optional<DistributedTable> of(Engine engine) {
        String key = engine.arguments().size() > 3 ? engine.arguments().get(3) : "";
        List<Optional<String>> names =
                engine.arguments().stream().limit(3).map(DistributedTable::plain).toList();
        return names.size() == 3 && names.stream().allMatch(Optional::isPresent)
                ? Optional.of(
                        new DistributedTable(
                                names.get(0).get(), names.get(1).get(), names.get(2).get(), key))
                : Optional.empty();
    }

    private static Optional<String> plain(String argument) {
        if (argument.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return Optional.of(argument);
        }
        boolean quoted =
                argument.length() > 1 && argument.startsWith("'") && argument.endsWith("'");
        String text = quoted ? argument.substring(1, argument.length() - 1) : "";
        return quoted && text.indexOf('\\') < 0 && text.indexOf('\'') < 0
                ? Optional.of(text)
                : Optional.empty();
    }
}
