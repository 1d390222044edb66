// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits of a partial cache. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param maxRows keys at the most
 * @param expireAfterWrite time after which a key is asked again, or null
 * @param expireAfterAccess time without use after which a key is forgotten, or null
 * @param missingKeys whether misses are kept too
 * @param keepsExpired whether what has expired stays, as long as there is room
 */
public record PartialCache(
        int maxRows,
        Duration expireAfterWrite,
        Duration expireAfterAccess,
        boolean missingKeys,
        boolean keepsExpired)
        implements Serializable {

    private static final List<SchemeOption<?>> LIMITS =
            List.of(
                    LookupOptions.MAX_ROWS,
                    LookupOptions.EXPIRE_AFTER_WRITE,
                    LookupOptions.EXPIRE_AFTER_ACCESS);

    /**
     * The cache that the options ask for, or null for none.
     *
     * @throws io.velo.flink.common.error.VeloException if they contradict each other
     */
    static PartialCache of(ResolvedOptions options) {
        boolean stale = options.get(LookupOptions.ON_OPEN) == OnOpen.STALE;
        if (options.get(LookupOptions.CACHE) == LookupCacheKind.PARTIAL) {
            return partial(options, stale);
        }
        Stream.concat(LIMITS.stream(), Stream.of(LookupOptions.CACHE_MISSING_KEY))
                .filter(options::isSet)
                .findFirst()
                .ifPresent(
                        option -> {
                            throw conflict(
                                    "Option '"
                                            + option.key()
                                            + "' has no meaning without"
                                            + " 'lookup.cache'='partial'.",
                                    "Add 'lookup.cache'='partial', or remove the option.");
                        });
        if (stale) {
            throw conflict(
                    "'lookup.on-open'='stale' needs a partial cache that holds old answers.",
                    "Add 'lookup.cache'='partial' and 'lookup.partial-cache.max-rows'.");
        }
        return null;
    }

    private static PartialCache partial(ResolvedOptions options, boolean stale) {
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
        if (stale && !options.isSet(LookupOptions.MAX_ROWS)) {
            throw conflict(
                    "'lookup.on-open'='stale' keeps answers that have expired and would grow"
                            + " without end.",
                    "Give 'lookup.partial-cache.max-rows'.");
        }
        return new PartialCache(
                options.find(LookupOptions.MAX_ROWS).orElse(Integer.MAX_VALUE),
                options.find(LookupOptions.EXPIRE_AFTER_WRITE).orElse(null),
                options.find(LookupOptions.EXPIRE_AFTER_ACCESS).orElse(null),
                options.get(LookupOptions.CACHE_MISSING_KEY),
                stale);
    }

    private static RuntimeException conflict(String sentence, String remedy) {
        return Problem.of(ErrorCode.OPTION_CONFLICT, sentence).remedy(remedy).toException();
    }
}
