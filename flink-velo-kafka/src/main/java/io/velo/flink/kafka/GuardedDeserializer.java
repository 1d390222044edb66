// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.failure.BadRow;
import io.velo.flink.common.failure.FailureHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records as Flink's connector does, all rows of a record or none, and asks the failure
 * strategy about those that cannot be read. Nothing that it says holds data of a record. One per
 * reader, used by the task's thread.
 */
final class GuardedDeserializer implements KafkaRecordDeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final KafkaRecordDeserializationSchema<RowData> delegate;
    private final String table;
    private transient FailureHandler failures;
    private transient RecordRows rows;

    /**
     * What guards a connector's own.
     *
     * @param table the table's name, for messages
     */
    GuardedDeserializer(KafkaRecordDeserializationSchema<RowData> delegate, String table) {
        this.delegate = delegate;
        this.table = table;
    }

    /** Says who decides on bad records. */
    void decidedBy(FailureHandler handler) {
        failures = handler;
        rows = new RecordRows();
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        delegate.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out)
            throws IOException {
        try {
            delegate.deserialize(record, rows);
        } catch (IOException | RuntimeException e) {
            rows.clear();
            if (RegistryFailure.isOne(e)) {
                throw e;
            }
            handle(record, e);
            return;
        }
        // Behind the decoding: what fails here lies with those who take the rows.
        rows.emit(out);
    }

    private void handle(ConsumerRecord<byte[], byte[]> record, Exception reason)
            throws IOException {
        String position = record.topic() + "-" + record.partition() + "@" + record.offset();
        BadRow bad =
                BadRow.undecodable(problem(position, reason), position, record.value())
                        .key(record.key())
                        .header("topic", record.topic())
                        .header("partition", Integer.toString(record.partition()))
                        .header("offset", Long.toString(record.offset()))
                        .header("timestamp", Long.toString(record.timestamp()));
        for (Header header : record.headers()) {
            if (header.value() != null) {
                bad =
                        bad.header(
                                "header." + header.key(),
                                new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        try {
            failures.handle(bad);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The task was cancelled.");
        }
    }

    /** The formats quote the record in their messages: of them only the class is told. */
    private VeloException problem(String position, Exception reason) {
        if (reason instanceof VeloException velo) {
            return velo;
        }
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "The record "
                                + position
                                + " is not a row of this table: "
                                + root.getClass().getSimpleName()
                                + ".")
                .at(table)
                .remedy(
                        "Look at it with kafka-console-consumer --partition "
                                + record(position)
                                + "; 'failure.strategy' can leave such records out or send them to"
                                + " dead letters.")
                .toException();
    }

    /** From topic-partition@offset to what the console consumer takes. */
    private static String record(String position) {
        int at = position.lastIndexOf('@');
        String partition = position.substring(position.lastIndexOf('-', at) + 1, at);
        return partition + " --offset " + position.substring(at + 1) + " --max-messages 1";
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return delegate.getProducedType();
    }
}
