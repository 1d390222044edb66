// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The servers that hold one part of a Distributed table. Immutable.
 *
 * @param hosts {@code host:port} of their HTTP interfaces, in the order in which they are asked
 * @param database the database of the part
 */
public record Shard(List<String> hosts, String database) implements Serializable {

    public Shard {
        hosts = List.copyOf(hosts);
    }

    /** The target with these servers. */
    public ClickHouseTarget in(ClickHouseTarget target) {
        return target.on(hosts, database);
    }

    /** The same servers in an order that begins with another one. */
    public Shard startingWith(int replica) {
        List<String> turned = new ArrayList<>(hosts);
        Collections.rotate(turned, -replica);
        return new Shard(turned, database);
    }
}
