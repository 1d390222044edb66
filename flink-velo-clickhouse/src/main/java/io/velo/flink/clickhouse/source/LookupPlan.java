// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.lookup.LookupCacheKind;
import io.velo.flink.common.lookup.LookupOptions;
import io.velo.flink.common.lookup.LookupSettings;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.List;

/**
 * How a table is looked up, decided from the options.
 *
 * @param targets the servers: the table's own first
 * @param settings batches, retries and the partial cache
 * @param fullReload how often the whole table is read into memory, or null if it is not
 * @param dictionary the dictionary of the server that answers instead of the table, or empty
 */
record LookupPlan(
        List<ClickHouseTarget> targets,
        LookupSettings settings,
        Duration fullReload,
        String dictionary) {

    /** Requests of one join in one task manager at once: more queries only wait for each other. */
    private static final int CONNECTIONS = 4;

    static LookupPlan of(TableRequest request, List<ClickHouseTarget> targets) {
        boolean full = request.options().get(LookupOptions.CACHE) == LookupCacheKind.FULL;
        String dictionary = request.options().find(ScanOptions.LOOKUP_DICTIONARY).orElse("");
        if (full && !dictionary.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "lookup.cache=full reads the whole table, and lookup-dictionary asks a"
                                    + " dictionary instead of the table.")
                    .at(request.uri().toString())
                    .remedy("Remove one of the two; lookup.cache=partial goes with a dictionary.")
                    .toException();
        }
        return new LookupPlan(
                targets,
                LookupSettings.of(request, CONNECTIONS),
                full ? request.options().get(LookupOptions.FULL_RELOAD_INTERVAL) : null,
                dictionary);
    }
}
