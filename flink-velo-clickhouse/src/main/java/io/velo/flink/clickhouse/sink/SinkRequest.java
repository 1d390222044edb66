// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.ClickHouseOptions.NullMode;
import io.velo.flink.clickhouse.option.ExactlyOnceOptions;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.option.LayoutOptions.WriteMode;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.CommonOptions.DeliveryGuarantee;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** What a user asked of a sink, as read from the table's options. Immutable. */
record SinkRequest(
        ClickHouseTarget target,
        String table,
        RowType rowType,
        List<String> primaryKey,
        ResolvedOptions options,
        WriteSettings settings,
        TableShape shape) {

    static SinkRequest of(TableRequest request, ClickHouseTarget target, String table) {
        return new SinkRequest(
                target,
                table,
                (RowType) request.physicalType().getLogicalType(),
                request.primaryKey(),
                request.options(),
                WriteSettings.of(request),
                TableShape.of(request));
    }

    /** The plan for a query that sends these changes. */
    SinkPlan plan(Changes changes) {
        return new SinkPlan(
                target,
                table,
                rowType,
                primaryKey,
                changes,
                options.find(ClickHouseOptions.ENGINE).orElse(""),
                options.get(ClickHouseOptions.AUTO_CREATE),
                guarantee(),
                options.get(ExactlyOnceOptions.AUTO_TUNE),
                options.get(ClickHouseOptions.DELETE_MODE),
                options.find(ClickHouseOptions.VERSION_COLUMN).orElse(""),
                options.get(ClickHouseOptions.NULL_MODE) == NullMode.DEFAULT,
                options.find(ClickHouseOptions.TIMEZONE).map(Object::toString).orElse(""),
                shape,
                options.get(LayoutOptions.WRITE_MODE) == WriteMode.LOCAL
                        ? Placement.LOCAL
                        : Placement.SERVER);
    }

    /** What the sink promises. */
    Guarantee guarantee() {
        if (options.get(CommonOptions.DELIVERY_GUARANTEE) != DeliveryGuarantee.EXACTLY_ONCE) {
            return Guarantee.AT_LEAST_ONCE;
        }
        return options.get(ExactlyOnceOptions.COMMIT_MARKER)
                ? Guarantee.EXACTLY_ONCE_BY_MARKER
                : Guarantee.EXACTLY_ONCE_BY_WINDOW;
    }

    /** The parallelism that the user wants, or null for the job's. */
    Integer parallelism() {
        return options.find(CommonOptions.PARALLELISM).orElse(null);
    }

    /** The target with a deadline that planning can wait for. */
    static ClickHouseTarget forPlanning(ClickHouseTarget target) {
        Duration most = TableRequest.DISCOVERY_DEADLINE;
        return target.socketTimeout().compareTo(most) > 0 ? target.withSocketTimeout(most) : target;
    }
}
