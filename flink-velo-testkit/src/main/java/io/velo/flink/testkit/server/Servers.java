// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The kinds of server by name. */
public final class Servers {

    private static final Map<String, Supplier<Server>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("postgres", PostgresServer::create);
        KINDS.put("kafka", KafkaServer::create);
        KINDS.put("redis", RedisServer::create);
        KINDS.put("clickhouse", ClickHouseServer::create);
    }

    private Servers() {}

    /** The names of all kinds. */
    public static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * New servers of the kinds named in the list, separated by commas, in its order; none is
     * started. The same kind may stand twice.
     *
     * @throws IllegalArgumentException if a name is unknown, or none is given
     */
    public static List<Server> named(String list) {
        List<Supplier<Server>> wanted = new ArrayList<>();
        for (String name : list.split(",")) {
            Supplier<Server> supplier = KINDS.get(name.strip());
            if (supplier == null) {
                throw new IllegalArgumentException(
                        "There is no server '"
                                + name.strip()
                                + "'. Servers: "
                                + String.join(", ", KINDS.keySet())
                                + ".");
            }
            wanted.add(supplier);
        }
        return wanted.stream().map(Supplier::get).toList();
    }
}
