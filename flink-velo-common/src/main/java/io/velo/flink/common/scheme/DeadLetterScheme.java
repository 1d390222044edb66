// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * A scheme whose tables can take dead letters: rows that another table could not read or write.
 *
 * <p>The sink it gives is a Sink V2 that takes insertions of plain columns (text, bytes, an
 * instant, whole numbers). Its writer runs inside the task of the failing table and is flushed
 * before every checkpoint: when {@code flush} returns, every row must be durable, since nothing is
 * committed afterwards. The writer gets a mailbox and timers of its own, which run while it is
 * called.
 */
public interface DeadLetterScheme extends SinkScheme {

    /**
     * The sink of dead letters, by default the same as for any other rows.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    default DynamicTableSink deadLetters(TableRequest request) {
        return sink(request);
    }
}
