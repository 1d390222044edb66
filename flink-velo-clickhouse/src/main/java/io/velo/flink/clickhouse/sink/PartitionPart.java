// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * One expression of a partition key, followed as far as rows of one partition get one number. Times
 * are taken in UTC: near midnight rows of one partition may get two. Not thread-safe.
 */
final class PartitionPart implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int HOURS = 24;
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private enum Step {
        VALUE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR,
        QUOTIENT,
        REMAINDER
    }

    private static final Map<String, Step> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("toStartOfHour", Step.HOUR),
                    Map.entry("toDate", Step.DAY),
                    Map.entry("toDate32", Step.DAY),
                    Map.entry("toYYYYMMDD", Step.DAY),
                    Map.entry("toStartOfDay", Step.DAY),
                    Map.entry("toMonday", Step.WEEK),
                    Map.entry("toYYYYMM", Step.MONTH),
                    Map.entry("toStartOfMonth", Step.MONTH),
                    Map.entry("toStartOfQuarter", Step.QUARTER),
                    Map.entry("toYear", Step.YEAR),
                    Map.entry("toStartOfYear", Step.YEAR),
                    Map.entry("intDiv", Step.QUOTIENT),
                    Map.entry("modulo", Step.REMAINDER),
                    Map.entry("moduloLegacy", Step.REMAINDER));

    private static final String COLUMN = "(?<quote>`?)(?<column>[^`(),']+?)\\k<quote>";
    private static final Pattern CALL =
            Pattern.compile(
                    "(?<function>\\w+)\\("
                            + COLUMN
                            + "(?:, *(?:(?<number>[1-9]\\d{0,17})|'[^']*'))?\\)");
    private static final Pattern MODULO =
            Pattern.compile(COLUMN + " *% *(?<number>[1-9]\\d{0,17})");

    private final String column;
    private final int index;
    private final LogicalTypeRoot root;
    private final int precision;
    private final int scale;
    private final Step step;
    private final long number;

    private PartitionPart(RowType row, String column, Step step, long number) {
        this.column = column;
        this.index = row.getFieldIndex(column);
        LogicalType type = row.getTypeAt(index);
        this.root = type.getTypeRoot();
        this.precision = precisionOf(type);
        this.scale = type instanceof DecimalType decimal ? decimal.getScale() : 0;
        this.step = step;
        this.number = number;
    }

    private static int precisionOf(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DECIMAL, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    LogicalTypeChecks.getPrecision(type);
            default -> 0;
        };
    }

    /**
     * The part of this text, or nothing if it is no plain column nor one of the known functions.
     */
    static Optional<PartitionPart> of(String text, RowType row) {
        Matcher call = CALL.matcher(text);
        Matcher modulo = MODULO.matcher(text);
        PartitionPart part = null;
        if (row.getFieldIndex(text) >= 0) {
            part = new PartitionPart(row, text, Step.VALUE, 0);
        } else if (modulo.matches() && row.getFieldIndex(modulo.group("column")) >= 0) {
            long number = Long.parseLong(modulo.group("number"));
            part = new PartitionPart(row, modulo.group("column"), Step.REMAINDER, number);
        } else if (call.matches() && row.getFieldIndex(call.group("column")) >= 0) {
            Step step = FUNCTIONS.get(call.group("function"));
            String number = call.group("number");
            boolean divides = step == Step.QUOTIENT || step == Step.REMAINDER;
            if (step != null && divides == (number != null)) {
                long by = divides ? Long.parseLong(number) : 0;
                part = new PartitionPart(row, call.group("column"), step, by);
            }
        }
        return Optional.ofNullable(part).filter(PartitionPart::isComputable);
    }

    private boolean isComputable() {
        boolean whole =
                switch (root) {
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
                    default -> false;
                };
        boolean time =
                root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                        || root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        return switch (step) {
            case VALUE ->
                    whole
                            || time
                            || switch (root) {
                                case BOOLEAN, DATE, CHAR, VARCHAR, DECIMAL -> true;
                                default -> false;
                            };
            case HOUR -> time;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> time || root == LogicalTypeRoot.DATE;
            case QUOTIENT, REMAINDER -> whole;
        };
    }

    /** The column that it is made of. */
    String column() {
        return column;
    }

    /** A number that all rows of one partition share. */
    long of(RowData row) {
        if (row.isNullAt(index)) {
            return Long.MIN_VALUE;
        }
        long value =
                switch (root) {
                    case BOOLEAN -> row.getBoolean(index) ? 1 : 0;
                    case TINYINT -> row.getByte(index);
                    case SMALLINT -> row.getShort(index);
                    case INTEGER, DATE -> row.getInt(index);
                    case BIGINT -> row.getLong(index);
                    case CHAR, VARCHAR -> row.getString(index).hashCode();
                    case DECIMAL -> row.getDecimal(index, precision, scale).hashCode();
                    default -> row.getTimestamp(index, precision).getMillisecond();
                };
        return switch (step) {
            case VALUE -> value;
            case HOUR -> Math.floorDiv(value, MILLIS_PER_HOUR);
            case DAY, WEEK, MONTH, QUARTER, YEAR -> ofDay(day(value));
            case QUOTIENT -> value / number;
            case REMAINDER -> value % number;
        };
    }

    private long day(long value) {
        return root == LogicalTypeRoot.DATE ? value : Math.floorDiv(value, MILLIS_PER_HOUR * HOURS);
    }

    private long ofDay(long day) {
        if (step == Step.DAY) {
            return day;
        }
        if (step == Step.WEEK) {
            // 1970-01-01 was a Thursday.
            return Math.floorDiv(day + 3, 7);
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (step) {
            case MONTH -> date.getYear() * 12L + date.getMonthValue();
            case QUARTER -> date.getYear() * 4L + date.get(IsoFields.QUARTER_OF_YEAR);
            default -> date.getYear();
        };
    }
}
