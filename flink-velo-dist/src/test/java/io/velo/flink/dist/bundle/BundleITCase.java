// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.dist.sandbox.FlinkDistribution;
import io.velo.flink.dist.sandbox.FlinkVersion;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundle that was just built: one jar, with nothing in it that could meet a foreign jar. */
class BundleITCase {

    private static final String FACTORIES =
            "META-INF/services/org.apache.flink.table.factories.Factory";
    private static final String SCHEMES = "META-INF/services/io.velo.flink.common.scheme.Scheme";

    /** Its native code knows the names of its own classes, so it cannot move. */
    private static final String ZSTD = "com/github/luben/zstd/";

    private static final String ZSTD_NAME = ZSTD.replace('/', '.');

    /** What the libraries name and never load here. */
    private static final List<String> UNUSED =
            List.of(
                    // Annotations for compilers.
                    "org.jspecify.annotations.",
                    "org.checkerframework.",
                    "io.velo.flink.shaded.com.google.errorprone.annotations.",
                    // Kafka: telemetry over gRPC, and the broker's check of OAuth tokens.
                    "io.grpc.",
                    "io.velo.flink.shaded.com.google.common.util.concurrent.",
                    "org.jose4j.",
                    // Jedis: retries by a library that applications may add.
                    "io.github.resilience4j.",
                    // Pool: proxies of pooled objects.
                    "net.sf.cglib.",
                    // PostgreSQL: login by Windows accounts.
                    "com.sun.jna.",
                    "waffle.",
                    // The compiler names the classes of constants whose values it has copied.
                    "org.apache.kafka.clients.consumer.ConsumerConfig",
                    "org.apache.kafka.clients.producer.ProducerConfig");

    private static final Pattern MOVED =
            Pattern.compile(
                    "L(com/fasterxml|com/github/benmanes|com/google|net/jpountz|org/apache/arrow"
                            + "|org/apache/commons|org/apache/flink/connector/kafka"
                            + "|org/apache/kafka|org/apache/parquet|org/json|org/postgresql"
                            + "|org/yaml|redis/clients|shaded/parquet)/[\\w/$]+;");

    private static Path file;
    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        file = VeloHome.bundle().resolve("flink-velo-" + VeloHome.version() + ".jar");
        jar = new JarFile(file.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void isTheOnlyJarInLib() throws IOException {
        try (Stream<Path> files = Files.list(VeloHome.bundle())) {
            assertThat(files.toList()).containsExactly(file);
        }
        assertThat(VeloHome.bundle().resolveSibling("opt")).isDirectory();
    }

    @Test
    void holdsNoClassOutsideOfVelosPackages() {
        assertThat(names().filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/velo/flink/") || name.startsWith(ZSTD));
    }

    @Test
    void holdsEverySchemeAndNothingOfTestsAndTools() throws IOException {
        assertThat(lines(SCHEMES))
                .containsExactlyInAnyOrder(
                        "io.velo.flink.clickhouse.scheme.ClickHouseScheme",
                        "io.velo.flink.kafka.KafkaScheme",
                        "io.velo.flink.postgres.PostgresScheme",
                        "io.velo.flink.redis.RedisScheme");
        assertThat(names())
                .noneMatch(name -> name.startsWith("io/velo/flink/dist/"))
                .noneMatch(name -> name.startsWith("io/velo/flink/testkit/"))
                .noneMatch(name -> name.contains("picocli"))
                .noneMatch(name -> name.contains("log4j") || name.contains("org/slf4j"));
    }

    @Test
    void offersFlinkNothingButVelosOwnFactories() throws IOException {
        assertThat(lines(FACTORIES))
                .contains(
                        "io.velo.flink.uri.table.VeloTableFactory",
                        "io.velo.flink.uri.catalog.VeloCatalogFactory")
                .allMatch(name -> name.startsWith("io.velo.flink."))
                .noneMatch(name -> name.startsWith("io.velo.flink.shaded."));
        assertThat(names().filter(name -> name.startsWith("META-INF/services/org.apache.")))
                .containsExactly(FACTORIES);
        assertThat(names()).doesNotContain("META-INF/services/java.sql.Driver");
    }

    @Test
    void everyServiceIsThere() throws IOException {
        List<String> services =
                names().filter(name -> name.matches("META-INF/services/.+")).toList();
        for (String service : services) {
            for (String implementation : lines(service)) {
                assertThat(jar.getEntry(implementation.replace('.', '/') + ".class"))
                        .as("%s of %s", implementation, service)
                        .isNotNull();
            }
        }
    }

    @Test
    void carriesItsLicencesAndWhatItIsMadeOf() throws IOException {
        assertThat(lines("META-INF/LICENSE")).anyMatch(line -> line.contains("Apache License"));
        assertThat(lines("META-INF/NOTICE")).contains("Velo");
        assertThat(String.join("\n", lines("META-INF/THIRD-PARTY.txt")))
                .contains("org.apache.kafka:kafka-clients:", "org.postgresql:postgresql:")
                .contains("org.apache.flink:flink-connector-kafka:", "redis.clients:jedis:")
                .doesNotContain("info.picocli", "log4j", "flink-runtime", "flink-json");
        assertThat(names().filter(name -> name.startsWith("META-INF/licenses/LICENSE.")))
                .hasSize(3);
    }

    /** A library that was forgotten shows as a class that neither the bundle nor Flink has. */
    @Test
    void needsNothingThatFlinkDoesNotHave() throws IOException {
        Path lib = FlinkDistribution.resolve(FlinkVersion.current(), sentence -> {}).lib();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                new PrintStream(output, true, StandardCharsets.UTF_8),
                                System.err,
                                "--multi-release",
                                "17",
                                "--missing-deps",
                                "--class-path",
                                jarsIn(lib),
                                file.toString());
        String report = output.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as(report).isZero();
        assertThat(missing(report)).isEmpty();
    }

    /**
     * A lambda that travels to a TaskManager is found there by its signature, which stands in the
     * class as a string: it must name the moved classes too.
     */
    @Test
    void movesTheSignaturesOfSerializableLambdas() throws IOException {
        List<String> classes =
                names().filter(name -> name.matches("io/velo/flink/(?!shaded/).*\\.class"))
                        .toList();
        for (String name : classes) {
            String constants = new String(bytes(name), StandardCharsets.ISO_8859_1);
            if (constants.contains("$deserializeLambda$")) {
                assertThat(MOVED.matcher(constants).results().map(MatchResult::group))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    private static String jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Set<String> missing(String report) {
        return report.lines()
                .filter(line -> line.contains("->") && line.contains(" not found"))
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].startsWith("io.velo.") || words[0].startsWith(ZSTD_NAME))
                .filter(words -> UNUSED.stream().noneMatch(words[2]::startsWith))
                .map(words -> words[0] + " needs " + words[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names() {
        return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName);
    }

    private static List<String> lines(String entry) throws IOException {
        return new String(bytes(entry), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static byte[] bytes(String entry) throws IOException {
        ZipEntry found = jar.getEntry(entry);
        assertThat(found).as(entry).isNotNull();
        try (InputStream in = jar.getInputStream(found)) {
            return in.readAllBytes();
        }
    }
}
