// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.ClickHouseOptions.DeleteMode;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.option.LayoutOptions.Shuffle;
import io.velo.flink.clickhouse.option.LayoutOptions.WriteMode;
import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * How a table is written, whatever it holds. For planning; immutable.
 *
 * @param batching when blocks are sealed, and how many are under way
 * @param rowsPerSecond of all subtasks together; null for no limit
 * @param retry how often an insert is tried again
 * @param staging where blocks wait for their checkpoint, under exactly-once
 * @param sorted whether the rows of a block are put in the table's order
 * @param shuffled whether a writer gets all rows of a partition
 * @param optimize what merges the table's parts
 * @param failure what becomes of rows that are refused
 */
record WriteSettings(
        BatchLimits batching,
        Integer rowsPerSecond,
        RetryPlan retry,
        StagingPlan staging,
        boolean sorted,
        boolean shuffled,
        OptimizePlan optimize,
        FailureSettings failure) {

    private static final String SCHEME = "clickhouse";

    /**
     * What the options of a request say.
     *
     * @throws io.velo.flink.common.error.VeloException if they contradict each other
     */
    static WriteSettings of(TableRequest request) {
        ResolvedOptions options = request.options();
        refuseAlone(request);
        FailureSettings failure = FailureSettings.of(request, SCHEME, "json");
        BatchLimits own =
                BatchLimits.fixed(
                        failure.survives() || options.get(LayoutOptions.SORT_ROWS)
                                ? ClickHouseOptions.ROWS_OF_KEPT_BLOCK
                                : options.get(ClickHouseOptions.BATCH_SIZE),
                        options.get(ClickHouseOptions.BATCH_BYTES).getBytes(),
                        options.get(ClickHouseOptions.BATCH_TIMEOUT),
                        options.get(ClickHouseOptions.MAX_IN_FLIGHT));
        return new WriteSettings(
                BatchLimits.of(options, own),
                options.find(BatchOptions.RATE_LIMIT).orElse(null),
                RetryPlan.of(options),
                StagingChoice.plan(request),
                options.get(LayoutOptions.SORT_ROWS),
                options.get(LayoutOptions.SHUFFLE) == Shuffle.PARTITION,
                OptimizePlan.of(request),
                failure);
    }

    /** What has no meaning, or none yet, where the sink writes to the shards itself. */
    private static void refuseAlone(TableRequest request) {
        ResolvedOptions options = request.options();
        if (options.get(LayoutOptions.WRITE_MODE) != WriteMode.LOCAL) {
            return;
        }
        String other = "";
        if (options.get(ClickHouseOptions.AUTO_CREATE)) {
            other = "'auto-create'";
        } else if (options.isSet(LayoutOptions.OPTIMIZE)) {
            other = "'optimize'";
        } else if (options.get(ClickHouseOptions.DELETE_MODE) == DeleteMode.LIGHTWEIGHT) {
            other = "'delete-mode'='lightweight'";
        }
        if (!other.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "'write-mode'='local' and " + other + " cannot be given together.")
                    .at(request.uri().toString())
                    .remedy("Remove one of them.")
                    .toException();
        }
    }

    /**
     * The plan for this table, for a sink that is planned in this context. Under exactly-once time
     * seals no block, nor does what the server is able to take.
     */
    WritePlan plan(SinkPlan table, PartitionShuffle shuffle, DynamicTableSink.Context context) {
        BatchLimits limits =
                table.guarantee().exactlyOnce()
                        ? new BatchLimits(
                                batching.rows(),
                                batching.bytes(),
                                Duration.ZERO,
                                batching.inFlight(),
                                null)
                        : batching;
        return new WritePlan(
                table,
                limits,
                rowsPerSecond,
                retry,
                staging,
                sorted,
                shuffle,
                optimize,
                failure.plan(context));
    }
}
