// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

/** The contract itself, tried on the simplest sink that passes it. */
class FaultContractITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return new PlainRedisTarget("plainredis");
    }
}
