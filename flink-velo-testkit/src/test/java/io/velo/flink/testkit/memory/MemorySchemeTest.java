// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.contract.SchemeContract;

class MemorySchemeTest extends SchemeContract {
    @Override
    protected Scheme scheme() {
        return new MemoryScheme();
    }
}
