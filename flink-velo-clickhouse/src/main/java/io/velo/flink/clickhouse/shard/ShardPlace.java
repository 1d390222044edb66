// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where the part of a Distributed table that one shard has is, for sure: each address answered as
 * the server that the cluster has there. Immutable.
 *
 * @param number the number of the shard in its cluster
 * @param weight its share of the rows
 * @param database the database of its table
 * @param table the name of its table
 * @param servers the {@linkplain ServerPin#IDENTITY identity} of each server by the {@code
 *     host:port} of its HTTP interface
 */
public record ShardPlace(
        int number, long weight, String database, String table, Map<String, String> servers) {

    private static final String BETWEEN = ",";

    public ShardPlace {
        servers = Map.copyOf(servers);
    }

    /** The target with its servers. */
    public ClickHouseTarget in(ClickHouseTarget target) {
        return target.on(List.copyOf(new TreeSet<>(servers.keySet())), database);
    }

    /** The condition that fails a statement on every other server. */
    public String pin() {
        return ServerPin.condition(new TreeSet<>(servers.values()));
    }

    /** Which tables on which servers these are, as text for state. */
    public String identities() {
        return servers.values().stream()
                .map(this::identity)
                .distinct()
                .sorted()
                .collect(Collectors.joining(BETWEEN));
    }

    private String identity(String server) {
        return server + " " + database + "." + table;
    }

    /** The same place with those servers only that the text of {@link #identities} names. */
    public ShardPlace only(String identities) {
        Set<String> named = Set.of(identities.split(BETWEEN));
        Map<String, String> kept = new TreeMap<>(servers);
        kept.values().removeIf(server -> !named.contains(identity(server)));
        return new ShardPlace(number, weight, database, table, kept);
    }
}
