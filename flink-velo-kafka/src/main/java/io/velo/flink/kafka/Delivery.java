// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A row on its way to the broker. Completed by the client's thread. */
final class Delivery implements Callback {

    private final RowData row;
    private final byte[] key;
    private final AtomicLong delivered;
    private final Queue<Delivery> failed;
    private Exception reason;

    /**
     * A row on its way.
     *
     * @param key the record's
     * @param delivered counts what arrived
     * @param failed takes what did not
     */
    Delivery(RowData row, byte[] key, AtomicLong delivered, Queue<Delivery> failed) {
        this.row = row;
        this.key = key;
        this.delivered = delivered;
        this.failed = failed;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
        if (exception == null) {
            delivered.incrementAndGet();
        } else {
            reason = exception;
            failed.add(this);
        }
    }

    RowData row() {
        return row;
    }

    byte[] key() {
        return key;
    }

    /** Why it did not arrive. */
    Exception reason() {
        return reason;
    }
}
