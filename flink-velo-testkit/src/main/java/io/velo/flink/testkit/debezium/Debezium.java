// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.debezium;

import io.velo.flink.testkit.server.JavaProgram;
import io.velo.flink.testkit.server.Leash;
import io.velo.flink.testkit.server.MavenJars;
import io.velo.flink.testkit.server.PackageCache;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.ServerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Debezium's embedded engine with its PostgreSQL connector, in a JVM of its own that ends with this
 * one. Immutable: each setting gives a new one.
 *
 * <p>The engine forgets its positions when it ends; a replication slot keeps its own.
 */
public final class Debezium {

    /** Debezium's version. */
    public static final String VERSION = "3.4.1.Final";

    /** The child's mode in which it prints all changes instead of counting them. */
    static final String PRINT = "print";

    /** By its name alone: what it is made of is on the class path of the child only. */
    private static final String CHILD = Debezium.class.getPackageName() + ".DebeziumChild";

    private final Properties properties;

    private Debezium(Properties properties) {
        this.properties = properties;
    }

    /** An engine on a database of a running server, which reads nothing yet. */
    public static Debezium of(PostgresServer server, String database) {
        Properties properties = new Properties();
        properties.setProperty("name", "velo");
        properties.setProperty("topic.prefix", "velo");
        properties.setProperty(
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty(
                "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("database.hostname", server.host());
        properties.setProperty("database.port", Integer.toString(server.port()));
        properties.setProperty("database.user", server.username());
        properties.setProperty("database.password", server.password());
        properties.setProperty("database.dbname", database);
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("skipped.operations", "none");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("decimal.handling.mode", "string");
        properties.setProperty("time.precision.mode", "adaptive_time_microseconds");
        properties.setProperty("unavailable.value.placeholder", DebeziumChange.UNCHANGED);
        return new Debezium(properties);
    }

    /** With another property of the connector or the engine. */
    public Debezium with(String property, String value) {
        Properties more = new Properties();
        more.putAll(properties);
        more.setProperty(property, value);
        return new Debezium(more);
    }

    /** Reads what a slot still holds and what follows, of the tables of a publication. */
    public Debezium streaming(String slot, String publication) {
        return with("snapshot.mode", "no_data")
                .with("slot.name", slot)
                .with("publication.name", publication);
    }

    /** Reads the rows of one table, {@code schema.table}, once. */
    public Debezium reading(String table) {
        return with("snapshot.mode", "initial_only").with("table.include.list", table);
    }

    /**
     * All changes up to the first that the test accepts, in their order, that one included.
     *
     * @throws ServerException if the engine fails or does not get there in time; its text ends with
     *     what the engine said
     */
    public List<DebeziumChange> changesUntil(Predicate<DebeziumChange> last, Duration limit) {
        List<DebeziumChange> changes = new ArrayList<>();
        eachUntil(
                change -> {
                    changes.add(change);
                    return last.test(change);
                },
                limit);
        return changes;
    }

    /**
     * Hands out each change in their order up to the first that is accepted, that one included.
     *
     * @param last is asked about each change once
     * @throws ServerException as {@link #changesUntil} does
     */
    public void eachUntil(Predicate<DebeziumChange> last, Duration limit) {
        run(PRINT, List.of("-Xmx512m"), limit, line -> last.test(ChangeLine.read(line)));
    }

    /**
     * Counts changes and throws them away, which is how fast the engine can be.
     *
     * @param changes how many to count, from the first that comes
     * @param limit how long all of it may take
     * @throws ServerException as {@link #changesUntil} does
     */
    public Rate count(long changes, Duration limit) {
        Rate[] rate = new Rate[1];
        run(
                Long.toString(changes),
                List.of("-Xmx2g"),
                limit,
                line -> {
                    String[] words = line.split(" ");
                    rate[0] =
                            new Rate(
                                    Long.parseLong(words[0]),
                                    Duration.ofNanos(Long.parseLong(words[1])),
                                    Duration.ofNanos(Long.parseLong(words[2])));
                    return true;
                });
        return rate[0];
    }

    /**
     * How fast changes came.
     *
     * @param changes how many
     * @param elapsed from the first to the last, without the start of the engine
     * @param processor the processor time of the whole JVM
     */
    public record Rate(long changes, Duration elapsed, Duration processor) {

        /** Changes per second. */
        public double perSecond() {
            return changes / (elapsed.toNanos() / 1e9);
        }
    }

    private void run(
            String mode, List<String> options, Duration limit, Predicate<String> lastLine) {
        try {
            Path folder = Files.createTempDirectory("velo-debezium-");
            try {
                run(folder, mode, options, limit, lastLine);
            } finally {
                for (String file : List.of("engine.properties", "log")) {
                    Files.deleteIfExists(folder.resolve(file));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new ServerException("Debezium could not be started.", e);
        }
    }

    private void run(
            Path folder,
            String mode,
            List<String> options,
            Duration limit,
            Predicate<String> lastLine)
            throws IOException {
        Path file = folder.resolve("engine.properties");
        try (OutputStream content = Files.newOutputStream(file)) {
            properties.store(content, null);
        }
        JavaProgram program = new JavaProgram(CHILD, List.of(file.toString(), mode));
        options.forEach(program::option);
        program.allBeside(Debezium.class).jars(jars());
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(program.words(Leash.PIPE)).redirectError(log.toFile()).start();
        Thread limiter = endAfter(process, limit);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !lastLine.test(line)) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new ServerException(
                        "Debezium ended, or took longer than "
                                + limit.toSeconds()
                                + " s. It said: "
                                + end(Files.readString(log)));
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
            limiter.interrupt();
        }
    }

    private static Thread endAfter(Process process, Duration limit) {
        Thread limiter =
                new Thread(
                        () -> {
                            try {
                                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                                    process.destroyForcibly();
                                }
                            } catch (InterruptedException ignored) {
                                // It has done its work.
                            }
                        },
                        "velo-debezium-limit");
        limiter.setDaemon(true);
        limiter.start();
        return limiter;
    }

    private static String end(String log) {
        return log.strip().substring(Math.max(0, log.strip().length() - 3_000));
    }

    private static Path jars() {
        return PackageCache.ofUser()
                .entry(
                        "debezium-" + VERSION,
                        folder ->
                                MavenJars.of(Debezium.class.getResource("debezium.pom.xml"))
                                        .with("debezium.version", VERSION)
                                        .copyTo(folder));
    }
}
