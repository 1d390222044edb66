// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of one partition have one number. */
class PartitionPartTest {

    private static final RowType ROW =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(),
                        new VarCharType(9),
                        new DateType(),
                        new LocalZonedTimestampType(3)
                    },
                    new String[] {"id", "odd name", "day", "at"});

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rand()",
                "intHash64(id)",
                "toYYYYMM(id)",
                "toYYYYMM(at) + 1",
                "id % 0",
                "intDiv(id)",
                "toDate(at, 7)",
                "modulo(at, 7)",
                "missing",
                "toYYYYMM(missing)"
            })
    void whatItDoesNotKnowIsLeftAlone(String text) {
        assertThat(PartitionPart.of(text, ROW)).isEmpty();
    }

    @Test
    void wholeNumbersAreDividedAsTheServerDoes() {
        assertThat(number("id", row(-7, "", 0, 0))).isEqualTo(-7);
        assertThat(number("id % 5", row(-7, "", 0, 0))).isEqualTo(-2);
        assertThat(number("moduloLegacy(id, 5)", row(8, "", 0, 0))).isEqualTo(3);
        assertThat(number("intDiv(`id`, 5)", row(14, "", 0, 0))).isEqualTo(2);
        GenericRowData nothing = new GenericRowData(4);
        assertThat(number("id % 5", nothing)).isEqualTo(number("id % 5", nothing));
    }

    @Test
    void datesAndTimesShareTheirMonth() {
        long month = number("toYYYYMM(day)", row(0, "", 31, 0));
        assertThat(number("toYYYYMM(day)", row(0, "", 30, 0))).isEqualTo(month - 1);
        assertThat(number("toStartOfMonth(day)", row(0, "", 58, 0))).isEqualTo(month);
        assertThat(number("toYYYYMM(at, 'UTC')", row(0, "", 0, 58 * 86_400_000L))).isEqualTo(month);
        assertThat(number("toMonday(day)", row(0, "", 3, 0)))
                .isNotEqualTo(number("toMonday(day)", row(0, "", 4, 0)))
                .isEqualTo(number("toMonday(day)", row(0, "", -3, 0)));
        assertThat(number("toYear(at)", row(0, "", 0, -1)))
                .isEqualTo(number("toYear(at)", row(0, "", 0, -364 * 86_400_000L)));
        assertThat(number("toStartOfHour(at)", row(0, "", 0, 7_199_999))).isEqualTo(1);
    }

    @Test
    void textCountsAsAWhole() {
        assertThat(number("odd name", row(0, "a", 0, 0)))
                .isEqualTo(number("odd name", row(1, "a", 5, 9)))
                .isNotEqualTo(number("odd name", row(0, "b", 0, 0)));
    }

    private static long number(String text, GenericRowData row) {
        return PartitionPart.of(text, ROW).orElseThrow().of(row);
    }

    private static GenericRowData row(long id, String name, int day, long at) {
        return GenericRowData.of(
                id, StringData.fromString(name), day, TimestampData.fromEpochMillis(at));
    }
}
