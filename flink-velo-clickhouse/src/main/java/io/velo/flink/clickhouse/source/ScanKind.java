// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource.ScanRuntimeProvider;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.types.RowKind;

/**
 * What kind of scan a table has, decided from the options and the job's mode. Immutable.
 *
 * @param following how the scan goes on with new rows; empty for one that ends
 * @param resumable whether to read in an order by which the scan can go on after a failure
 * @param batch whether the job is a batch job
 * @param keyed whether the Flink table has a primary key
 * @param parallelism the number of readers, or null for the job's
 */
record ScanKind(
        Optional<Following> following,
        boolean resumable,
        boolean batch,
        boolean keyed,
        Integer parallelism) {

    private static final ChangelogMode UPSERTS =
            ChangelogMode.newBuilder()
                    .addContainedKind(RowKind.INSERT)
                    .addContainedKind(RowKind.UPDATE_AFTER)
                    .build();

    /** The kind of the scan that is asked for. */
    static ScanKind of(TableRequest request) {
        Optional<Following> following = Following.of(request.options(), request.uri().toString());
        boolean keyed = !request.primaryKey().isEmpty();
        Integer parallelism = request.options().find(CommonOptions.PARALLELISM).orElse(null);
        if (following.isPresent() && keyed && parallelism != null && parallelism > 1) {
            throw outOfOrder(request);
        }
        boolean batch =
                request.configuration().get(ExecutionOptions.RUNTIME_MODE)
                        == RuntimeExecutionMode.BATCH;
        return new ScanKind(
                following,
                following.isPresent() || resumable(request, batch),
                batch,
                keyed,
                parallelism);
    }

    /** What one reader hands out of a key could overtake what another one has of it. */
    private static RuntimeException outOfOrder(TableRequest request) {
        return Problem.of(
                        ErrorCode.OPTION_CONFLICT,
                        "An incremental scan of a table with a primary key has one reader: with"
                                + " several, an old row of a key could come after a newer one.")
                .at(request.uri().toString())
                .remedy("Remove parallelism, or the primary key if keys come once.")
                .toException();
    }

    /** A batch job reads a split that failed again as a whole, and faster without an order. */
    private static boolean resumable(TableRequest request, boolean batch) {
        Optional<ScanOptions.Resume> asked = request.options().find(ScanOptions.SCAN_RESUME);
        if (asked.isPresent()) {
            return asked.get() == ScanOptions.Resume.CURSOR;
        }
        ReadableConfig configuration = request.configuration();
        return !batch
                && configuration
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .isPresent();
    }

    /** A key may come again in an incremental scan, when its row was inserted anew. */
    ChangelogMode changelog() {
        return following.isPresent() && keyed ? UPSERTS : ChangelogMode.insertOnly();
    }

    /** Whether a row may be left out: not if it says that an earlier one of its key is gone. */
    boolean pushesFilters() {
        return following.isEmpty() || !keyed;
    }

    /** The scan for a job. */
    ScanRuntimeProvider provider(ScanPlan plan) {
        if (following.isEmpty()) {
            return SourceProvider.of(new ClickHouseSource(plan), parallelism);
        }
        if (batch) {
            return new BatchRefusal(plan.title(), plan.target().place());
        }
        // New rows come as one range after the other: further readers would have nothing to do,
        // and their watermarks would hold up the job.
        return SourceProvider.of(
                new IncrementalSource(plan, following.get()),
                parallelism == null ? Integer.valueOf(1) : parallelism);
    }
}
