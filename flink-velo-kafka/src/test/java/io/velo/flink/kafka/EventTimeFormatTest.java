// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | 1735689600123 | 1735689600123",
                "auto | 1.735689600123E12 | 1735689600123",
                "auto | -1 | -1",
                "auto | 2025-01-01T00:00:00.123Z | 1735689600123",
                "auto | 2025-01-01T02:00:00+02:00 | 1735689600000",
                "auto | 2025-01-01T02:00:00+0200 | 1735689600000",
                "auto | 2025-01-01 00:00:00 | 1735689600000",
                "auto | 2025-01-01 | 1735689600000",
                "epoch_millis | 1735689600123 | 1735689600123",
                "EpochSeconds | 1735689600 | 1735689600000",
                "epoch_seconds | 1735689600.123456 | 1735689600123",
                "iso8601 | 2025-01-01T00:00Z | 1735689600000",
                "yyyy/MM/dd HH:mm:ss | 2025/01/01 00:00:00 | 1735689600000",
                "yyyy/MM/dd | 2025/01/01 | 1735689600000",
                "dd.MM.yyyy HH:mm XXX | 01.01.2025 01:00 +01:00 | 1735689600000",
                "%Y-%m-%d %H:%M:%S | 2025-01-01 00:00:00 | 1735689600000",
                "%d/%b/%Y:%T %z | 01/Jan/2025:02:00:00 +0200 | 1735689600000",
                "%F %T.%f | 2025-01-01 00:00:00.123456 | 1735689600123",
                "%s | 1735689600 | 1735689600000",
                "%m/%d/%y %I:%M %p | 01/01/25 12:00 AM | 1735689600000"
            })
    void aTimeIsReadInItsFormat(String format, String time, long expected) {
        assertThat(new EventTimeFormat(format).parse(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | yesterday",
                "auto | 2025-13-01T00:00:00Z",
                "epoch_millis | 2025-01-01",
                "iso8601 | 1735689600123",
                "%Y | 2025",
                "yyyy/MM/dd | 2025-01-01"
            })
    void aTimeInAnotherFormatIsRefused(String format, String time) {
        assertThatThrownBy(() -> new EventTimeFormat(format).parse(time))
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%Q", "%Y-%", "yyyy-bbb", "{"})
    void aPatternThatMeansNothingIsRefused(String pattern) {
        assertThatThrownBy(() -> new EventTimeFormat(pattern))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itReadsTheSameAfterSerialization() throws Exception {
        EventTimeFormat copy = InstantiationUtil.clone(new EventTimeFormat("%Y-%m-%d %H:%M:%S"));

        assertThat(copy.parse("2025-01-01 00:00:00")).isEqualTo(1735689600000L);
    }
}
