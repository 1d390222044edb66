// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.EndpointBreaker;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/**
 * Looks rows up by key without blocking the task: keys are put together into requests, which a few
 * threads send, each over a connection of its own. The parallel instances of one join in one task
 * manager share threads, connections and cache. A scheme gives it to Flink through an {@link
 * org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider}; the partial cache is
 * inside, so no caching provider goes around it.
 *
 * <p>A key that does not exist gives no row, a failure fails the lookup; the two are never mixed
 * up. A lookup is repeated by {@code retry.*} when a server does not answer; while one does not,
 * the fallback servers are asked. Closing ends requests under way within two seconds.
 *
 * <p>{@link #asyncLookup} is called by the task's thread; answers come from other threads. Public
 * also because Flink calls it from generated code.
 *
 * @param <K> a key of the table
 */
public final class BatchingLookup<K> extends AsyncLookupFunction {

    private static final long serialVersionUID = 1L;

    private final UUID join = UUID.randomUUID();
    private final LookupTable<K> table;
    private final LookupSettings settings;

    private transient LookupPool<K> pool;
    private transient Counter hits;
    private transient Counter misses;

    /** Lookups in a table; to be made once per join at planning. */
    public BatchingLookup(LookupTable<K> table, LookupSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    /**
     * Opens a connection, so that a wrong address or login shows at once.
     *
     * @throws Exception why none can be opened
     */
    @Override
    public void open(FunctionContext context) throws Exception {
        VeloMetrics metrics = VeloMetrics.of(context.getMetricGroup(), table.scheme());
        hits = metrics.counter(VeloMetric.LOOKUP_CACHE_HITS);
        misses = metrics.counter(VeloMetric.LOOKUP_CACHE_MISSES);
        pool = LookupPool.acquire(join, table, settings);
        Endpoint<K> own = pool.own();
        EndpointBreaker breaker = own.breaker();
        breaker.register(metrics);
        own.health().register(metrics);
        try {
            pool.start(metrics).get();
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof Exception reason ? reason : e;
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncLookup(RowData keyRow) {
        K key = table.key(keyRow);
        if (key == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        AnswerCache<K> cache = pool.cache();
        if (cache != null) {
            Collection<RowData> known = cache.get(key);
            if (known != null) {
                hits.inc();
                return settings.onMiss() == OnMiss.FAIL && known.isEmpty()
                        ? pool.lookUp(key)
                        : CompletableFuture.completedFuture(known);
            }
            misses.inc();
        }
        return pool.lookUp(key);
    }

    @Override
    public void close() throws Exception {
        if (pool != null) {
            pool = null;
            LookupPool.release(join);
        }
    }
}
