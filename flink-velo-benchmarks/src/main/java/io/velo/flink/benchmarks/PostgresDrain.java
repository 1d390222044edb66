// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * How fast a server gives what nobody looks at: the ceiling of whoever reads it. PostgreSQL's own
 * programs throw it away, or pgjdbc where they are not on this machine.
 */
final class PostgresDrain {

    private static final boolean PSQL = isInstalled("psql");
    private static final boolean RECVLOGICAL = isInstalled("pg_recvlogical");

    /** As long as Velo's own reader waits at most. */
    private static final long GATHER_NANOS = 5_000_000;

    private final BenchmarkDatabase database;

    PostgresDrain(BenchmarkDatabase database) {
        this.database = database;
    }

    /** Who drains a COPY. */
    static String copier() {
        return PSQL ? "psql" : "pgjdbc";
    }

    /** Whether PostgreSQL's own program that drains a slot is on this machine. */
    static boolean hasReceiver() {
        return RECVLOGICAL;
    }

    private static boolean isInstalled(String program) {
        try {
            Process process =
                    new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How long these COPY statements take, each on a connection of its own. */
    Duration copies(List<String> statements) throws Exception {
        return PSQL ? database.drain(statements) : copiesByDriver(statements);
    }

    Duration copiesByDriver(List<String> statements) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(statements.size());
        try {
            long start = System.nanoTime();
            List<Callable<Void>> drains = new ArrayList<>();
            for (String statement : statements) {
                drains.add(() -> drain(statement));
            }
            for (Future<Void> drained : threads.invokeAll(drains)) {
                drained.get();
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            threads.shutdownNow();
        }
    }

    private Void drain(String statement) throws SQLException {
        try (Connection connection = database.connect()) {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
            while (copy.readFromCopy() != null) {
                // Thrown away.
            }
        }
        return null;
    }

    /** How long pg_recvlogical takes for a slot up to a place in the log, in binary form. */
    Duration slotByProgram(String slot, String publication, String end) throws Exception {
        return database.receive(slot, publication, end, true);
    }

    /**
     * How long pgjdbc takes for the same, from the first message on. It takes what is there and
     * then lets messages gather: the server sends each by itself, and to wake up a reader for each
     * of them costs the server more than to decode it.
     */
    Duration slotByDriver(String slot, String publication, String end) throws SQLException {
        long last = LogSequenceNumber.valueOf(end).asLong();
        try (Connection connection = database.connectForReplication();
                PGReplicationStream stream =
                        connection
                                .unwrap(PGConnection.class)
                                .getReplicationAPI()
                                .replicationStream()
                                .logical()
                                .withSlotName(slot)
                                .withSlotOption("proto_version", 1)
                                .withSlotOption("publication_names", publication)
                                .withSlotOption("binary", true)
                                .start()) {
            long start = 0;
            while (Long.compareUnsigned(stream.getLastReceiveLSN().asLong(), last) < 0) {
                if (stream.readPending() == null) {
                    LockSupport.parkNanos(GATHER_NANOS);
                } else if (start == 0) {
                    start = System.nanoTime();
                }
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
