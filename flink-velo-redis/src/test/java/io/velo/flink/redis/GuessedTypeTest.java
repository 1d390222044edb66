// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static io.velo.flink.redis.GuessedType.BIGINT;
import static io.velo.flink.redis.GuessedType.BOOLEAN;
import static io.velo.flink.redis.GuessedType.DATE;
import static io.velo.flink.redis.GuessedType.DOUBLE;
import static io.velo.flink.redis.GuessedType.INSTANT;
import static io.velo.flink.redis.GuessedType.STRING;
import static io.velo.flink.redis.GuessedType.TIMESTAMP;
import static io.velo.flink.redis.GuessedType.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessedTypeTest {

    @ParameterizedTest
    @CsvSource({
        "7, BIGINT",
        "-7, BIGINT",
        "007, STRING",
        "+7, STRING",
        "9223372036854775808, STRING",
        "1.50, DOUBLE",
        "1e5, STRING",
        "1.2.3, STRING",
        "12345678901234567.5, STRING",
        "true, BOOLEAN",
        "True, STRING",
        "2001-01-14, DATE",
        "2001-13-14, STRING",
        "2001-01-14T06:55:00, TIMESTAMP",
        "2001-01-14 06:55:00.123, TIMESTAMP",
        "2001-01-14T06:55:00Z, INSTANT",
        "2001-01-14T06:55:00-08:00, INSTANT",
        "555-123, STRING",
        "-, STRING",
        "Ann, STRING"
    })
    void findsTheTypeOfAText(String text, GuessedType type) {
        assertThat(GuessedType.of(text)).isEqualTo(type);
    }

    @Test
    void widensUntilAllValuesFit() {
        assertThat(UNKNOWN.with(BIGINT)).isEqualTo(BIGINT);
        assertThat(BIGINT.with(UNKNOWN)).isEqualTo(BIGINT);
        assertThat(BIGINT.with(DOUBLE)).isEqualTo(DOUBLE);
        assertThat(DOUBLE.with(BOOLEAN)).isEqualTo(STRING);
        assertThat(DATE.with(TIMESTAMP)).isEqualTo(STRING);
        assertThat(TIMESTAMP.with(INSTANT)).isEqualTo(STRING);
        assertThat(BIGINT.with(STRING).with(BIGINT)).isEqualTo(STRING);
    }
}
