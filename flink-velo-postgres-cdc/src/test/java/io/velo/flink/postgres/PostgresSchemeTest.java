// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.contract.SchemeContract;

/** PostgreSQL keeps the contract of all schemes. */
class PostgresSchemeTest extends SchemeContract {

    @Override
    protected Scheme scheme() {
        return new PostgresScheme();
    }
}
