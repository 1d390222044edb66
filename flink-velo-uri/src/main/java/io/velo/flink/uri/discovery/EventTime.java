// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.DiscoveredTable;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The watermark that {@code event-time.field} asks for. Immutable, therefore thread-safe.
 *
 * @param column the event-time column
 * @param expression the watermark as SQL; none where the strategy is none
 */
record EventTime(String column, Optional<String> expression) {

    /** What the options ask for, if anything. */
    static Optional<EventTime> of(ResolvedOptions options) {
        return options.find(CommonOptions.EVENT_TIME_FIELD)
                .map(field -> new EventTime(field, expression(field, options)));
    }

    private static Optional<String> expression(String field, ResolvedOptions options) {
        String column = "`" + field.replace("`", "``") + "`";
        return switch (options.get(CommonOptions.WATERMARK_STRATEGY)) {
            case NONE -> Optional.empty();
            case ASCENDING -> Optional.of(column + " - INTERVAL '0.001' SECOND");
            case BOUNDED_OUT_OF_ORDERNESS ->
                    Optional.of(
                            column + " - " + interval(options.get(CommonOptions.WATERMARK_DELAY)));
        };
    }

    private static String interval(Duration delay) {
        return "INTERVAL '"
                + delay.toSeconds()
                + "."
                + String.format("%03d", delay.toMillisPart())
                + "' SECOND("
                + Math.max(2, String.valueOf(delay.toSeconds()).length())
                + ", 3)";
    }

    /**
     * Adds the watermark to the schema of a discovered table.
     *
     * @param place where the table is, as it is printed
     * @throws io.velo.flink.common.error.VeloException if the column is missing or not a time
     */
    void addTo(Schema.Builder schema, DiscoveredTable table, String place) {
        LogicalType type = typeIn(table, place);
        if (!isTime(type)) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "The event-time column '"
                                    + column
                                    + "' is "
                                    + type.asSummaryString()
                                    + ".")
                    .at(place)
                    .remedy(
                            "It must be TIMESTAMP(3) or TIMESTAMP_LTZ(3). Otherwise declare the"
                                    + " columns with a computed one and a WATERMARK.")
                    .toException();
        }
        expression.ifPresent(watermark -> schema.watermark(column, watermark));
    }

    private LogicalType typeIn(DiscoveredTable table, String place) {
        return table.columns().stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.SCHEMA_COLUMN,
                                                "Option 'event-time.field' names the column '"
                                                        + column
                                                        + "', which the table does not"
                                                        + " have.")
                                        .at(place)
                                        .remedy("Columns: " + TableDiscovery.names(table) + ".")
                                        .toException())
                .type()
                .getLogicalType();
    }

    private static boolean isTime(LogicalType type) {
        return (type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                        || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE))
                && LogicalTypeChecks.getPrecision(type) <= 3;
    }
}
