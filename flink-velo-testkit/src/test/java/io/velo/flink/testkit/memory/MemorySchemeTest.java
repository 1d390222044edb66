// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.contract.SchemeContract;
import java.util.List;
import org.apache.flink.table.catalog.ResolvedSchema;

class MemorySchemeTest extends SchemeContract {
    @Override
    protected Scheme scheme() {
        return new MemoryScheme();
    }

    @Override
    protected ResolvedSchema columns(String exampleUri) {
        ResolvedSchema all = super.columns(exampleUri);
        return exampleUri.contains("columns=")
                ? new ResolvedSchema(
                        List.of(all.getColumns().get(0), all.getColumns().get(2)),
                        List.of(),
                        all.getPrimaryKey().orElseThrow())
                : all;
    }
}
