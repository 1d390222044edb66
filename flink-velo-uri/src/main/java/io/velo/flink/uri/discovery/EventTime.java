// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** The watermark that {@code event-time.field} asks for. Immutable, therefore thread-safe. */
final class EventTime {

    private final TableRequest request;
    private final DiscoveredTable table;

    EventTime(TableRequest request, DiscoveredTable table) {
        this.request = request;
        this.table = table;
    }

    /**
     * Adds the watermark, if one is asked for.
     *
     * @throws io.velo.flink.common.error.VeloException if the column is missing or not a time
     */
    void addTo(Schema.Builder schema) {
        Optional<String> field = request.options().find(CommonOptions.EVENT_TIME_FIELD);
        if (field.isEmpty()) {
            return;
        }
        LogicalType type = column(field.get()).type().getLogicalType();
        if (!isTime(type)) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "The event-time column '"
                                    + field.get()
                                    + "' is "
                                    + type.asSummaryString()
                                    + ".")
                    .at(request.uri().toString())
                    .remedy(
                            "It must be TIMESTAMP(3) or TIMESTAMP_LTZ(3). Otherwise declare the"
                                    + " columns with a computed one and a WATERMARK.")
                    .toException();
        }
        String column = "`" + field.get().replace("`", "``") + "`";
        switch (request.options().get(CommonOptions.WATERMARK_STRATEGY)) {
            case NONE -> {}
            case ASCENDING -> schema.watermark(field.get(), column + " - INTERVAL '0.001' SECOND");
            case BOUNDED_OUT_OF_ORDERNESS ->
                    schema.watermark(field.get(), column + " - " + interval());
        }
    }

    private String interval() {
        Duration delay = request.options().get(CommonOptions.WATERMARK_DELAY);
        return "INTERVAL '"
                + delay.toSeconds()
                + "."
                + String.format("%03d", delay.toMillisPart())
                + "' SECOND("
                + Math.max(2, String.valueOf(delay.toSeconds()).length())
                + ", 3)";
    }

    private DiscoveredTable.Column column(String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.SCHEMA_COLUMN,
                                                "Option 'event-time.field' names the column '"
                                                        + name
                                                        + "', which the table does not"
                                                        + " have.")
                                        .at(request.uri().toString())
                                        .remedy("Columns: " + TableDiscovery.names(table) + ".")
                                        .toException());
    }

    private static boolean isTime(LogicalType type) {
        return (type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                        || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE))
                && LogicalTypeChecks.getPrecision(type) <= 3;
    }
}
