// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers tell readers of the log about tables that are added. */
class PublicationTest {

    @ParameterizedTest
    @CsvSource({
        "140017, false", "140018, true", "150012, false", "150013, true", "160008, false",
        "160009, true", "170004, false", "170005, true", "180000, true", "190001, true"
    })
    void serversBeforeTheirRepairNeedToBeTold(String version, boolean noticed) {
        assertThat(Publication.isNoticed(version)).isEqualTo(noticed);
    }
}
