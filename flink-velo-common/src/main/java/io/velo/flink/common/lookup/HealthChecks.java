// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time how well the endpoints are of which nothing was heard meanwhile, so that
 * an endpoint that has come back is used again. Owns one thread, which starts with the first check.
 */
final class HealthChecks implements AutoCloseable {

    /** The house's defaults: one check every 30 s, which is bad after 5 s. */
    static final Duration EVERY = Duration.ofSeconds(30);

    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

    private final List<? extends Endpoint<?>> endpoints;
    private final Duration every;
    private final ScheduledExecutorService thread;
    private volatile LookupConnection<?> open;

    HealthChecks(List<? extends Endpoint<?>> endpoints, String name, Duration every) {
        this.endpoints = endpoints;
        this.every = every;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread checker = new Thread(work, name);
                            checker.setDaemon(true);
                            return checker;
                        });
        long millis = every.toMillis();
        thread.scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void check() {
        for (Endpoint<?> endpoint : endpoints) {
            if (endpoint.health().isSilentFor(every) && !thread.isShutdown()) {
                check(endpoint);
            }
        }
    }

    private void check(Endpoint<?> endpoint) {
        long start = System.nanoTime();
        try (LookupConnection<?> connection = endpoint.server().connect()) {
            open = connection;
            connection.check();
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                endpoint.health().bad();
            } else {
                endpoint.health().good();
            }
        } catch (Exception e) {
            endpoint.health().bad();
            LOG.debug("{} failed a check.", endpoint.server().endpoint(), e);
        } finally {
            open = null;
        }
    }

    /** Ends the thread; a check under way is cut. */
    @Override
    public void close() {
        thread.shutdownNow();
        LookupConnection<?> checked = open;
        if (checked != null) {
            checked.abort();
        }
    }
}
