// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.io.Serializable;
import java.util.List;

/**
 * The servers that hold one part of a Distributed table. Immutable.
 *
 * @param hosts {@code host:port} of their HTTP interfaces, in the order in which they are asked
 * @param database the database of the part
 */
record Shard(List<String> hosts, String database) implements Serializable {

    Shard {
        hosts = List.copyOf(hosts);
    }

    /** The target with these servers. */
    ClickHouseTarget in(ClickHouseTarget target) {
        return target.on(hosts, database);
    }

    /** The same servers in an order that begins with another one. */
    Shard startingWith(int replica) {
        List<String> turned = new java.util.ArrayList<>(hosts);
        java.util.Collections.rotate(turned, -replica);
        return new Shard(turned, database);
    }
}
