// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Writes what Debezium's engine delivers as {@link ChangeLine}s. Runs in the child JVM. */
final class SourceRecordLine {

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private SourceRecordLine() {}

    /** The line of a change, or null for a record that is none, such as a tombstone. */
    static String of(SourceRecord record) {
        if (!(record.value() instanceof Struct change) || change.schema().field("op") == null) {
            return null;
        }
        Struct source = change.getStruct("source");
        return ChangeLine.write(
                change.getString("op"),
                source.getString("schema") + "." + source.getString("table"),
                number(source.getInt64("lsn")),
                number(source.getInt64("txId")),
                row(change, "before"),
                row(change, "after"));
    }

    private static long number(Long value) {
        return value == null ? -1 : value;
    }

    private static Map<String, String> row(Struct change, String part) {
        Map<String, String> columns = new LinkedHashMap<>();
        Struct row = change.schema().field(part) == null ? null : change.getStruct(part);
        if (row != null) {
            for (Field column : row.schema().fields()) {
                Object value = row.getWithoutDefault(column.name());
                columns.put(column.name(), ColumnText.of(plain(column.schema(), value)));
            }
        }
        return columns;
    }

    /** The value as Java says it, where Debezium's number or text means a time. */
    private static Object plain(Schema schema, Object value) {
        if (value == null || schema.name() == null) {
            return value;
        }
        return switch (schema.name()) {
            case "io.debezium.time.Date" -> LocalDate.ofEpochDay((Integer) value);
            case "io.debezium.time.MicroTimestamp" ->
                    EPOCH.plus(Duration.ofSeconds((Long) value / 1_000_000))
                            .plusNanos((Long) value % 1_000_000 * 1_000);
            case "io.debezium.time.ZonedTimestamp" ->
                    OffsetDateTime.parse((String) value).withOffsetSameInstant(ZoneOffset.UTC);
            default -> value;
        };
    }
}
