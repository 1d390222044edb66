// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.connector.sink.DynamicTableSink;

/** A scheme whose tables can be written: {@code INSERT INTO t}. */
public interface SinkScheme extends Scheme {

    /**
     * The table sink of a request.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    DynamicTableSink sink(TableRequest request);
}
