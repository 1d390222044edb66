// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.contract.SchemeContract;

class RedisSchemeTest extends SchemeContract {

    @Override
    protected Scheme scheme() {
        return new RedisScheme();
    }
}
