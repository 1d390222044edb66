// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The column that holds the event time and how it is written. Immutable, therefore thread-safe.
 *
 * @param column a physical column of type TIMESTAMP or TIMESTAMP_LTZ
 */
record EventTime(String column, EventTimeFormat format) {

    private static final String METADATA = "metadata:";

    /** The event time of a reading table whose values are JSON, if one is asked for. */
    static Optional<EventTime> of(TableRequest request, KafkaFormat value, Problems problems) {
        Optional<String> field = fieldOf(request);
        boolean formatted = request.options().isSet(KafkaOptions.EVENT_TIME_FORMAT);
        if (request.role() == OptionRole.SINK) {
            return Optional.empty();
        }
        if (formatted && (field.isEmpty() || value != KafkaFormat.JSON)) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    field.isEmpty()
                                            ? "Option 'event-time.format' needs 'event-time.field'."
                                            : "Option 'event-time.format' works with format=json"
                                                    + " only.")
                            .at(Redacted.uri(request))
                            .remedy("Remove it, or declare a computed column and a WATERMARK."));
            return Optional.empty();
        }
        return field.filter(name -> value == KafkaFormat.JSON && isTime(request, name))
                .map(
                        name ->
                                new EventTime(
                                        name,
                                        request.options().get(KafkaOptions.EVENT_TIME_FORMAT)));
    }

    /** The column that is asked for, unless it is one of the record's metadata. */
    static Optional<String> fieldOf(TableRequest request) {
        return request.options()
                .find(CommonOptions.EVENT_TIME_FIELD)
                .filter(name -> !name.startsWith(METADATA));
    }

    private static boolean isTime(TableRequest request, String name) {
        DataType row = request.physicalType();
        List<String> names = DataType.getFieldNames(row);
        int position = names.indexOf(name);
        if (position < 0) {
            return false;
        }
        LogicalType type = row.getLogicalType().getChildren().get(position);
        return type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    }

    /** Adds the options of {@link EventTimeFormatFactory}. */
    void putOptions(String prefix, Map<String, String> target) {
        target.put(prefix + EventTimeFormatFactory.FIELD.key(), column);
        target.put(prefix + EventTimeFormatFactory.FORMAT.key(), format.toString());
    }
}
