// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

    @ParameterizedTest
    @CsvSource({
        "08001,RECONNECT",
        "08006,RECONNECT",
        "57P01,RECONNECT",
        "57P03,RECONNECT",
        "25006,RECONNECT",
        "53300,RECONNECT",
        "40001,RETRY",
        "57014,RETRY",
        "22P02,ROW",
        "23505,ROW",
        "28P01,PERMANENT",
        "3D000,PERMANENT",
        "42P01,PERMANENT",
        "42501,PERMANENT",
        "08004,PERMANENT",
        "XX001,PERMANENT",
        "57P04,PERMANENT",
        "0A000,PERMANENT"
    })
    void classifiesBySqlState(String state, Fault fault) {
        assertThat(Fault.of(new SQLException("x", state))).isEqualTo(fault);
    }

    @Test
    void takesABadCertificateForPermanentAlthoughTheDriverSaysLostConnection() {
        SQLException error = new SQLException("x", "08006", new CertificateException());
        assertThat(Fault.of(error)).isEqualTo(Fault.PERMANENT);
        assertThat(Fault.of(new SQLException("no state"))).isEqualTo(Fault.PERMANENT);
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        Backoff backoff = new Backoff(3, Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(backoff.delayMillis(1)).isBetween(80L, 120L);
        assertThat(backoff.delayMillis(2)).isBetween(160L, 240L);
        assertThat(backoff.delayMillis(50)).isBetween(240L, 360L);
        assertThat(backoff.allowsAnother(2)).isTrue();
        assertThat(backoff.allowsAnother(3)).isFalse();
    }
}
