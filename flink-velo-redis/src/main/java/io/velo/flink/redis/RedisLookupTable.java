// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupServer;
import io.velo.flink.common.lookup.LookupTable;
import io.velo.flink.common.retry.FailureClass;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * A table of Redis keys in a lookup join. Immutable, therefore thread-safe.
 *
 * @param plan what is asked for
 * @param endpoints the servers, the table's own first
 */
record RedisLookupTable(LookupPlan plan, List<RedisEndpoint> endpoints)
        implements LookupTable<RedisKey> {

    RedisLookupTable {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String scheme() {
        return RedisScheme.NAME;
    }

    @Override
    public String name() {
        return plan.table();
    }

    @Override
    public List<LookupServer<RedisKey>> servers() {
        return endpoints.stream()
                .<LookupServer<RedisKey>>map(endpoint -> new RedisLookupServer(plan, endpoint))
                .toList();
    }

    @Override
    public RedisKey key(RowData keyRow) {
        byte[] bytes = plan.template().keyOf(keyRow);
        if (bytes == null) {
            return null;
        }
        KeyValues values = plan.keys().read(keyRow);
        return values.hasNull() ? null : new RedisKey(bytes, values);
    }

    @Override
    public RowData rowOfNulls(RedisKey key) {
        return plan.keys().rowOfNulls(key.values());
    }

    @Override
    public FailureClass classify(Throwable failure) {
        return PassingFault.classify(failure);
    }

    @Override
    public Throwable told(Throwable failure, int attempts, Duration spent) {
        return failure instanceof PassingFault passing ? passing.problem(attempts, spent) : failure;
    }
}
