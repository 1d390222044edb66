// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The main class of the child JVM in which Debezium runs. It prints each change as a line, or
 * counts changes and prints one line when there are enough. What goes wrong is printed to the error
 * stream, and the JVM then ends with code 1.
 */
public final class DebeziumChild
        implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final PrintStream out;
    private final long wanted;

    private long counted;
    private long firstNanos;

    private DebeziumChild(PrintStream out, long wanted) {
        this.out = out;
        this.wanted = wanted;
    }

    /**
     * Arguments: a file with the engine's properties; {@value Debezium#PRINT} or how many to count.
     */
    public static void main(String[] arguments) throws IOException {
        // Debezium's log must not come between the lines.
        PrintStream lines =
                new PrintStream(
                        new BufferedOutputStream(System.out, 1 << 16),
                        false,
                        StandardCharsets.UTF_8);
        System.setOut(System.err);
        long wanted = arguments[1].equals(Debezium.PRINT) ? -1 : Long.parseLong(arguments[1]);
        DebeziumEngine<RecordChangeEvent<SourceRecord>> engine =
                DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                        .using(properties(Path.of(arguments[0])))
                        .using(
                                (success, message, error) ->
                                        end(success ? "The engine ended." : message, error))
                        .notifying(new DebeziumChild(lines, wanted))
                        .build();
        engine.run();
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream content = Files.newInputStream(file)) {
            properties.load(content);
        }
        return properties;
    }

    private static void end(String message, Throwable error) {
        System.err.println(message);
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            System.err.println("because of " + cause);
        }
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> records,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (wanted < 0) {
            print(records);
        } else {
            count(records);
        }
        for (RecordChangeEvent<SourceRecord> record : records) {
            committer.markProcessed(record);
        }
        committer.markBatchFinished();
    }

    private void print(List<RecordChangeEvent<SourceRecord>> records) {
        for (RecordChangeEvent<SourceRecord> record : records) {
            String line = SourceRecordLine.of(record.record());
            if (line != null) {
                out.println(line);
            }
        }
        out.flush();
    }

    private void count(List<RecordChangeEvent<SourceRecord>> records) {
        if (counted == 0) {
            firstNanos = System.nanoTime();
        }
        for (RecordChangeEvent<SourceRecord> record : records) {
            if (record.record().value() instanceof Struct) {
                counted++;
            }
        }
        if (counted >= wanted) {
            out.println(counted + " " + (System.nanoTime() - firstNanos) + " " + cpuNanos());
            out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static long cpuNanos() {
        try {
            return (Long)
                    ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(
                                    new javax.management.ObjectName(
                                            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                                    "ProcessCpuTime");
        } catch (javax.management.JMException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
