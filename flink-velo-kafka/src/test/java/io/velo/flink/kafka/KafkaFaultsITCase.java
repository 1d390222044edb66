// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.testkit.contract.FaultContract;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.target.KafkaTarget;

class KafkaFaultsITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return new KafkaTarget();
    }
}
