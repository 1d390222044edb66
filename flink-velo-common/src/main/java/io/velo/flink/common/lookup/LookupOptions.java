// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.secret.Secret;
import java.time.Duration;
import java.util.List;

/**
 * The options of lookup joins. A scheme lists {@link #ALL}, and {@link #FULL_CACHE} too if it can
 * keep the whole table in memory. They work together with {@code retry.*} and {@code
 * circuit-breaker.*}, which it lists as well.
 */
public final class LookupOptions {

    /** What is kept in memory. */
    public static final SchemeOption<LookupCacheKind> CACHE =
            SchemeOption.of(
                            "lookup.cache",
                            ValueKind.oneOf(LookupCacheKind.class),
                            "What a lookup join keeps in memory: nothing, what it looked up, or"
                                    + " the whole table.")
                    .defaultValue(LookupCacheKind.NONE)
                    .forSource();

    /** The size of the partial cache. */
    public static final SchemeOption<Integer> MAX_ROWS =
            SchemeOption.of(
                            "lookup.partial-cache.max-rows",
                            ValueKind.integer("rows", 1, Integer.MAX_VALUE),
                            "Keys that the partial cache holds at the most, per join and task"
                                    + " manager.")
                    .forSource();

    /** How long a cached answer counts. */
    public static final SchemeOption<Duration> EXPIRE_AFTER_WRITE =
            SchemeOption.of(
                            "lookup.partial-cache.expire-after-write",
                            ValueKind.DURATION,
                            "Time after which a cached key is asked again.")
                    .forSource();

    /** How long an answer nobody wants stays. */
    public static final SchemeOption<Duration> EXPIRE_AFTER_ACCESS =
            SchemeOption.of(
                            "lookup.partial-cache.expire-after-access",
                            ValueKind.DURATION,
                            "Time without use after which a cached key is forgotten.")
                    .forSource();

    /** Whether misses are kept. */
    public static final SchemeOption<Boolean> CACHE_MISSING_KEY =
            SchemeOption.of(
                            "lookup.partial-cache.cache-missing-key",
                            ValueKind.FLAG,
                            "Whether the cache also remembers which keys do not exist.")
                    .defaultValue(true)
                    .forSource();

    /** What a miss means. */
    public static final SchemeOption<OnMiss> ON_MISS =
            SchemeOption.of(
                            "lookup.on-miss",
                            ValueKind.oneOf(OnMiss.class),
                            "What a key that does not exist means: no row, or an error.")
                    .defaultValue(OnMiss.EMPTY)
                    .forSource();

    /** What an open breaker means. */
    public static final SchemeOption<OnOpen> ON_OPEN =
            SchemeOption.of(
                            "lookup.on-open",
                            ValueKind.oneOf(OnOpen.class),
                            "What a lookup does while the circuit breaker is open: fail the job,"
                                    + " find a row of NULLs (null), what the cache last held"
                                    + " (stale), or no row (skip).")
                    .defaultValue(OnOpen.FAIL)
                    .forSource();

    /** Other servers. */
    public static final SchemeOption<Secret> FALLBACK_URIS =
            SchemeOption.of(
                            "fallback.uris",
                            ValueKind.SECRET,
                            "Servers that hold the same table, such as"
                                    + " redis://replica1:6379,redis://replica2:6379: asked in this"
                                    + " order, at the start and for lookups, while the table's own"
                                    + " does not answer. Not a failover of a running stream.")
                    .forSource();

    /** How often the whole table is read. */
    public static final SchemeOption<Duration> FULL_RELOAD_INTERVAL =
            SchemeOption.of(
                            "lookup.full-cache.periodic-reload.interval",
                            ValueKind.DURATION,
                            "Time from one reading of the whole table to the next, for"
                                    + " lookup.cache=full.")
                    .defaultValue(Duration.ofMinutes(10))
                    .forSource();

    /** Those that every scheme with {@link BatchingLookup} has. */
    public static final List<SchemeOption<?>> ALL =
            List.of(
                    CommonOptions.LOOKUP_BATCH_SIZE,
                    CommonOptions.LOOKUP_BATCH_TIMEOUT,
                    CACHE,
                    MAX_ROWS,
                    EXPIRE_AFTER_WRITE,
                    EXPIRE_AFTER_ACCESS,
                    CACHE_MISSING_KEY,
                    ON_MISS,
                    ON_OPEN,
                    FALLBACK_URIS);

    /** Those of a scheme that can keep the whole table in memory. */
    public static final List<SchemeOption<?>> FULL_CACHE = List.of(FULL_RELOAD_INTERVAL);

    private LookupOptions() {}
}
