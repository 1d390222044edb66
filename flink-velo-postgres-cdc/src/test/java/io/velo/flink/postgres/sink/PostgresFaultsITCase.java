// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.testkit.contract.FaultContract;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.target.PostgresTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The sink under the faults that every sink must survive. */
class PostgresFaultsITCase extends FaultContract {

    /** Longer than any fault but the line that hangs. */
    private static final String SECONDS = "8";

    @BeforeAll
    static void giveUpSooner() {
        System.setProperty(SessionPurpose.WRITE_SECONDS, SECONDS);
    }

    @AfterAll
    static void giveUpAsEver() {
        System.clearProperty(SessionPurpose.WRITE_SECONDS);
    }

    @Override
    protected SinkTarget newTarget() {
        return PostgresTarget.keyed();
    }
}
