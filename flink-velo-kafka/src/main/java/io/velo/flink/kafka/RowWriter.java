// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.failure.BadRow;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.RowJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes rows through a producer of its own. A row is on its way until the broker has it or has
 * rejected it; a flush waits for all of them. Used by the task's thread, except {@link Delivery}.
 */
final class RowWriter
        implements SinkWriter<RowData>, KafkaRecordSerializationSchema.KafkaSinkContext {

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaRecordSerializationSchema<RowData> serializer;
    private final String place;
    private final FailureHandler failures;
    private final WriterInitContext context;
    private final RowJson json;
    private final TypeSerializer<RowData> copier;
    private final Counter sent;
    private final AtomicLong delivered = new AtomicLong();
    private final Queue<Delivery> failed = new ConcurrentLinkedQueue<>();
    private volatile long lastFlushMillis;

    RowWriter(
            Properties client,
            KafkaRecordSerializationSchema<RowData> serializer,
            RowType columns,
            String place,
            FailureHandler failures,
            WriterInitContext context) {
        this.producer =
                OwnClassLoader.call(
                        () ->
                                new KafkaProducer<>(
                                        client,
                                        new ByteArraySerializer(),
                                        new ByteArraySerializer()));
        this.serializer = serializer;
        this.place = place;
        this.failures = failures;
        this.context = context;
        this.json = new RowJson(columns);
        this.copier = context.isObjectReuseEnabled() ? context.createInputSerializer() : null;
        this.sent = context.metricGroup().getNumRecordsSendCounter();
        context.metricGroup().setCurrentSendTimeGauge(() -> lastFlushMillis);
    }

    void open() throws Exception {
        serializer.open(context.asSerializationSchemaInitializationContext(), this);
    }

    @Override
    public void write(RowData row, Context time) throws IOException, InterruptedException {
        settle();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = serializer.serialize(row, this, time.timestamp());
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            failures.handle(described(BadRow.unencodable(unencodable(e), json.bytes(row)), row));
            return;
        }
        if (record != null) {
            RowData kept = copier == null ? row : copier.copy(row);
            send(record, new Delivery(kept, record.key(), delivered, failed));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, Delivery delivery)
            throws InterruptedException {
        try {
            producer.send(record, delivery);
        } catch (InterruptException e) {
            throw interrupted();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted();
        }
        lastFlushMillis = (System.nanoTime() - start) / 1_000_000;
        settle();
        failures.beforeCheckpoint();
    }

    /** The client sets the flag again that it was told by. */
    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException("The task was cancelled.");
    }

    /** Counts the rows that have arrived and decides on those that have not. */
    private void settle() throws IOException, InterruptedException {
        sent.inc(delivered.getAndSet(0));
        for (Delivery lost = failed.poll(); lost != null; lost = failed.poll()) {
            VeloException problem = KafkaFailure.at(place, lost.reason());
            boolean passes = !KafkaFailure.isAboutTheRow(lost.reason());
            if (passes && !failures.plan().retriesRows()) {
                throw problem;
            }
            BadRow bad = BadRow.rejected(problem, json.bytes(lost.row())).key(lost.key());
            failures.handle(
                    described(passes ? bad.after(1, BadRow.Category.TRANSIENT) : bad, lost.row()));
        }
    }

    private VeloException unencodable(RuntimeException reason) {
        if (reason instanceof VeloException velo) {
            return velo;
        }
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A row has no form in the table's format: "
                                + root.getClass().getSimpleName()
                                + ".")
                .at(place)
                .toException();
    }

    private static BadRow described(BadRow bad, RowData row) {
        return bad.header("row-kind", row.getRowKind().shortString());
    }

    @Override
    public void close() throws Exception {
        try {
            // What is not acknowledged is not covered by a checkpoint either.
            producer.close(Duration.ZERO);
        } finally {
            failures.close();
        }
    }

    @Override
    public int getParallelInstanceId() {
        return context.getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public int getNumberOfParallelInstances() {
        return context.getTaskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
        return producer.partitionsFor(topic).stream()
                .mapToInt(PartitionInfo::partition)
                .sorted()
                .toArray();
    }
}
