// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.testkit.contract.FaultContract;
import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.target.RedisTarget;

class RedisFaultsITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return new RedisTarget();
    }
}
