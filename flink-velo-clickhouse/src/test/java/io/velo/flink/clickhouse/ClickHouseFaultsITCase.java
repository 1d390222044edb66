// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import io.velo.flink.testkit.contract.FaultContract;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.target.ClickHouseTarget;

/** The common faults on a ReplacingMergeTree. */
class ClickHouseFaultsITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return new ClickHouseTarget();
    }
}
