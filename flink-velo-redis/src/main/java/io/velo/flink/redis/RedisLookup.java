// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.RetryMetrics;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/**
 * Looks rows up by key, many in one request.
 *
 * <p>A key that does not exist, or a NULL in a column of the key, gives no row; a failure completes
 * the future exceptionally. A lookup is repeated when the connection is lost. Used by one task
 * thread; the answers come from another thread. Public only because Flink calls it from generated
 * code.
 */
public final class RedisLookup extends AsyncLookupFunction {

    private static final long serialVersionUID = 1L;

    private final LookupPlan plan;
    private final LookupBatching batching;
    private transient LookupLane lane;

    RedisLookup(LookupPlan plan, LookupBatching batching) {
        this.plan = plan;
        this.batching = batching;
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        VeloMetrics metrics = VeloMetrics.of(context.getMetricGroup(), RedisScheme.NAME);
        lane =
                LookupLanes.acquire(
                        plan, batching, new RetryMetrics(metrics, "A lookup in " + plan.table()));
        try {
            lane.awaitOpen();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncLookup(RowData keyRow) {
        byte[] key = plan.template().keyOf(keyRow);
        if (key == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        LookupRequest request = new LookupRequest(plan, key, keyRow);
        lane.submit(request);
        return request.answer();
    }

    @Override
    public void close() {
        if (lane != null) {
            lane = null;
            LookupLanes.release(plan.id());
        }
    }
}
