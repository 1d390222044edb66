// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.oracle.Workload;

/** The contract itself, tried on the simplest sink that passes it. */
class FaultContractITCase extends FaultContract {

    @Override
    protected SinkTarget newTarget() {
        return new PlainRedisTarget("plainredis");
    }

    /** Half of what the schemes write: what is tried here is the contract. */
    @Override
    protected Workload workload(long seed) {
        return super.workload(seed).changes(6_000);
    }
}
