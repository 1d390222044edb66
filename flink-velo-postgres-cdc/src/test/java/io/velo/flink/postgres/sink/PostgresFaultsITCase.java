// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.testkit.contract.FaultContract;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.target.PostgresTarget;

/** The sink under the faults that every sink must survive. */
class PostgresFaultsITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return PostgresTarget.keyed();
    }
}
