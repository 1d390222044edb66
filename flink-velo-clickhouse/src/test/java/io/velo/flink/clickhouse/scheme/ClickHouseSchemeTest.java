// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.contract.SchemeContract;

class ClickHouseSchemeTest extends SchemeContract {

    @Override
    protected Scheme scheme() {
        return new ClickHouseScheme();
    }
}
