// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerSnapshotTest {

    @Test
    void seesWhatEndedBeforeItAndNothingElse() {
        ServerSnapshot snapshot = ServerSnapshot.parse("10:15:12,13");

        assertThat(snapshot.sees(9)).isTrue();
        assertThat(snapshot.sees(11)).isTrue();
        assertThat(snapshot.sees(12)).isFalse();
        assertThat(snapshot.sees(14)).isTrue();
        assertThat(snapshot.sees(15)).isFalse();
        assertThat(snapshot.toString()).isEqualTo("10:15:12,13");
    }

    @Test
    void findsATransactionInLimboThatNoListOfRunningOnesNames() {
        ServerSnapshot ordinary = ServerSnapshot.parse("734:734:");
        ServerSnapshot exported = ServerSnapshot.parse("734:735:");

        assertThat(ordinary.missingFrom(exported)).containsExactly(734);
        assertThat(exported.missingFrom(ordinary)).isEmpty();
        assertThat(ServerSnapshot.parse("730:740:734").missingFrom(exported)).containsExactly(734);
        assertThat(ServerSnapshot.parse("736:736:").missingFrom(exported)).isEmpty();
    }

    @Test
    void widensShortNumbersAcrossTheirTurn() {
        ServerSnapshot before = ServerSnapshot.parse("4294967290:4294967295:");
        assertThat(before.seesShort((int) 4294967289L)).isTrue();
        assertThat(before.seesShort(5)).isFalse();

        ServerSnapshot behind = ServerSnapshot.parse("4294967300:4294967310:4294967300");
        assertThat(behind.seesShort((int) 4294967289L)).isTrue();
        assertThat(behind.seesShort(4)).isFalse();
        assertThat(behind.seesShort(5)).isTrue();
        assertThat(behind.seesShort(14)).isFalse();
    }
}
