// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.lookup.Fallbacks;
import io.velo.flink.common.lookup.LookupCacheKind;
import io.velo.flink.common.lookup.LookupOptions;
import io.velo.flink.common.lookup.LookupSettings;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.BreakerOptions;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.LookupScheme;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.template.Template;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.logical.RowType;

/**
 * {@code redis://} and {@code rediss://}: Redis hashes, and strings that hold JSON, as tables. A
 * row is one key, named by a template such as <code>user:{id}</code>. Rows are looked up by key,
 * inserted, updated and deleted; scans and streams are not built yet.
 */
public final class RedisScheme
        implements LookupScheme, DeadLetterScheme, DiscoverableScheme, ProbeScheme {

    static final String NAME = "redis";

    private static final SchemeSpec SPEC =
            SchemeSpec.of(NAME, "rediss")
                    .summary("Redis hashes and JSON strings, by key.")
                    .defaultPort(RedisTable.DEFAULT_PORT)
                    .entry("host", "database")
                    .login()
                    .options(
                            RedisOptions.KEY_PATTERN,
                            RedisOptions.TYPE,
                            RedisOptions.FORMAT,
                            RedisOptions.TTL,
                            RedisOptions.TLS,
                            RedisOptions.PARALLELISM,
                            CommonOptions.DELIVERY_GUARANTEE,
                            RedisOptions.BATCH_SIZE,
                            RedisOptions.BATCH_BYTES,
                            RedisOptions.BATCH_TIMEOUT,
                            RedisOptions.POOL_SIZE)
                    .options(LookupOptions.ALL)
                    .options(BatchOptions.ALL)
                    .options(RetryOptions.ALL)
                    .options(BreakerOptions.ALL)
                    .options(FailureOptions.FOR_SINK)
                    .notBuilt(
                            "stream",
                            "channel",
                            "scan-count",
                            "scan.",
                            "mode",
                            "group",
                            "shards",
                            "keys",
                            "on-data-loss")
                    .example(
                            "redis://cache:6379/0?key_pattern=user:{id}&type=hash",
                            "One hash per user: looked up by id, or written with a primary key.")
                    .example(
                            "redis://cache?key_pattern=results:{id}&format=json&ttl=1h",
                            "One JSON string per id, gone after an hour.")
                    .example(
                            "rediss://cache.example.com/2?pattern=carrier:{code}"
                                    + "&lookup_cache=partial&lookup_partial_cache_max_rows=10000",
                            "Over TLS, from database 2, with a cache in front of the lookups.")
                    .delivers(
                            "At least once; a row that is written again changes nothing, so the"
                                    + " final state is exact.")
                    .build();

    /** The scheme; has no state. */
    public RedisScheme() {}

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        ResolvedOptions options = request.options();
        RowType columns = (RowType) request.physicalType().getLogicalType();
        LookupCacheKind cache = options.get(LookupOptions.CACHE);
        if (cache == LookupCacheKind.FULL) {
            throw RedisTable.notBuilt(LookupOptions.CACHE, cache, "none, partial").toException();
        }
        List<RedisEndpoint> fallbacks =
                Fallbacks.of(request).stream()
                        .map(fallback -> RedisTable.of(fallback).endpoint())
                        .toList();
        return new RedisTableSource(
                RedisTable.of(request),
                fallbacks,
                LookupSettings.of(request, options.get(RedisOptions.POOL_SIZE)),
                columns.getFieldNames(),
                columns);
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        ResolvedOptions options = request.options();
        RedisTable table = RedisTable.of(request);
        RowType columns = (RowType) request.physicalType().getLogicalType();
        refuseExactlyOnce(request);
        WrittenTable written =
                new WrittenTable(
                                table,
                                columns,
                                request.primaryKey(),
                                table.type().orElseGet(() -> typeOf(table, columns)),
                                ttl(request))
                        .checked();
        return new RedisTableSink(
                written,
                WriteSettings.of(request),
                options.find(RedisOptions.PARALLELISM).orElse(null));
    }

    /** Under a template without the id of the letters one would overwrite the other. */
    @Override
    public DynamicTableSink deadLetters(TableRequest request) {
        RedisTableSink sink = (RedisTableSink) sink(request);
        if (!sink.written().template().columns().contains("id")) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The key template of dead letters lacks {id}: one would overwrite the"
                                    + " other.")
                    .at(request.uri().toString())
                    .remedy("Write key_pattern=dead:{id} in 'dlq.uri'.")
                    .toException();
        }
        return sink;
    }

    @Override
    public DiscoveredTable discover(TableRequest request) {
        RedisTable table = RedisTable.of(request);
        try (RedisSession session = new RedisSession(table.endpoint(), RetryPlan.ONCE)) {
            return new RedisDiscovery(table, session).discover();
        } catch (InterruptedException e) {
            throw interrupted(table, e);
        }
    }

    @Override
    public ProbeReport probe(TableRequest request) {
        RedisTable table = RedisTable.of(request);
        try (RedisSession session = new RedisSession(table.endpoint(), RetryPlan.ONCE)) {
            return new RedisProbe(table, session).report();
        }
    }

    /** One column outside the key fits a string, several are a hash. */
    private static ValueType typeOf(RedisTable table, RowType columns) {
        Template template = KeyTemplate.parse(table, columns.getFieldNames());
        int outside = columns.getFieldCount() - template.columns().size();
        return outside == 1 ? ValueType.STRING : ValueType.HASH;
    }

    private static Duration ttl(TableRequest request) {
        Duration ttl = request.options().find(RedisOptions.TTL).orElse(null);
        if (ttl != null && ttl.toMillis() == 0) {
            throw Problem.of(ErrorCode.OPTION_VALUE, "Option 'ttl' is shorter than 1 ms.")
                    .at(request.uri().toString())
                    .remedy("Give a longer time, or leave it out for keys that do not expire.")
                    .toException();
        }
        return ttl;
    }

    private static void refuseExactlyOnce(TableRequest request) {
        if (request.options().get(CommonOptions.DELIVERY_GUARANTEE)
                == CommonOptions.DeliveryGuarantee.EXACTLY_ONCE) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Scheme 'redis' cannot deliver exactly once.")
                    .at(request.uri().toString())
                    .remedy(
                            "Use at-least-once: a row that is written again under its key changes"
                                    + " nothing, so the final state is exact.")
                    .toException();
        }
    }

    private static RuntimeException interrupted(RedisTable table, InterruptedException reason) {
        Thread.currentThread().interrupt();
        return Problem.of(ErrorCode.IO_TIMEOUT, "The discovery was interrupted.")
                .at(table.endpoint().shown())
                .toException(reason);
    }
}
