// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.connector.source.DynamicTableSource;

/**
 * A scheme whose tables can be read. Flink plans a scan and a lookup join over one and the same
 * table source, so there is one method for both; {@link ScanScheme} and {@link LookupScheme} say
 * which of them it serves.
 */
public interface SourceScheme extends Scheme {

    /**
     * The table source of a request. It must be a {@code ScanTableSource} exactly if the scheme is
     * a {@link ScanScheme}, or refuse by {@link ScanRefused}; the same for lookups and {@link
     * LookupRefused}.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    DynamicTableSource source(TableRequest request);
}
