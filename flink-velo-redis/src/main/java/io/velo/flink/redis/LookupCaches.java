// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;

/** Makes Flink's partial cache from the options. Stateless. */
final class LookupCaches {

    private static final List<SchemeOption<?>> LIMITS =
            List.of(
                    RedisOptions.CACHE_MAX_ROWS,
                    RedisOptions.CACHE_EXPIRE_AFTER_WRITE,
                    RedisOptions.CACHE_EXPIRE_AFTER_ACCESS);

    private LookupCaches() {}

    /**
     * The cache that the options ask for, or null for none.
     *
     * @throws io.velo.flink.common.error.VeloException if they contradict each other or ask for
     *     what is not built
     */
    static LookupCache of(ResolvedOptions options) {
        return switch (options.get(RedisOptions.LOOKUP_CACHE)) {
            case NONE -> none(options);
            case PARTIAL -> partial(options);
            case FULL ->
                    throw RedisTable.notBuilt(
                                    RedisOptions.LOOKUP_CACHE,
                                    LookupCacheKind.FULL,
                                    "none, partial")
                            .toException();
        };
    }

    private static LookupCache none(ResolvedOptions options) {
        Stream.concat(LIMITS.stream(), Stream.of(RedisOptions.CACHE_MISSING_KEY))
                .filter(options::isSet)
                .findFirst()
                .ifPresent(
                        option -> {
                            throw Problem.of(
                                            ErrorCode.OPTION_CONFLICT,
                                            "Option '"
                                                    + option.key()
                                                    + "' has no meaning without"
                                                    + " 'lookup.cache'='partial'.")
                                    .remedy("Add 'lookup.cache'='partial', or remove the option.")
                                    .toException();
                        });
        return null;
    }

    private static LookupCache partial(ResolvedOptions options) {
        if (LIMITS.stream().noneMatch(options::isSet)) {
            throw Problem.of(
                            ErrorCode.OPTION_MISSING,
                            "A partial lookup cache without any limit would grow without end and"
                                    + " never see a change.")
                    .remedy(
                            "Give 'lookup.partial-cache.max-rows' or"
                                    + " 'lookup.partial-cache.expire-after-write', best both.")
                    .toException();
        }
        DefaultLookupCache.Builder cache = DefaultLookupCache.newBuilder();
        options.find(RedisOptions.CACHE_MAX_ROWS).ifPresent(cache::maximumSize);
        options.find(RedisOptions.CACHE_EXPIRE_AFTER_WRITE).ifPresent(cache::expireAfterWrite);
        options.find(RedisOptions.CACHE_EXPIRE_AFTER_ACCESS).ifPresent(cache::expireAfterAccess);
        return cache.cacheMissingKey(options.get(RedisOptions.CACHE_MISSING_KEY)).build();
    }
}
