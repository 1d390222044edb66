// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs one Kafka node, broker and controller in one JVM.
 *
 * @param proxyPort where clients of the third listener are told to come back to; 0 without one
 * @param proxiedPort where the third listener listens; 0 without one
 */
record KafkaProgram(ServerPlace place, int controllerPort, int proxyPort, int proxiedPort)
        implements ServerProgram {

    /** Any identifier of a cluster, in Kafka's form: 16 bytes in Base64. */
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";

    @Override
    public void fetch() {
        jars();
    }

    @Override
    public void prepare() throws IOException {
        if (Files.exists(place.folder().resolve("data/meta.properties"))) {
            return;
        }
        Files.writeString(properties(), settings());
        String settings = properties().toString();
        Command.in(place.folder())
                .run(
                        java("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", settings)
                                .words());
    }

    @Override
    public LeashedProcess launch() throws IOException {
        return LeashedProcess.jvm(
                java("kafka.Kafka", properties().toString()).words(Leash.PIPE),
                place.folder(),
                place.log());
    }

    @Override
    public boolean answers() throws IOException {
        return new KafkaProbe(place.port()).answers();
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    private JavaProgram java(String main, String... arguments) {
        return place.java(main, jars(), arguments)
                .option("-Xmx384m")
                .option("-XX:TieredStopAtLevel=1");
    }

    private Path properties() {
        return place.folder().resolve("server.properties");
    }

    private String settings() throws IOException {
        try (InputStream template =
                KafkaProgram.class.getResourceAsStream("kafka.server.properties")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PROXIED@", listener(proxiedPort))
                    .replace("@PROXY@", listener(proxyPort))
                    .replace("@PORT@", Integer.toString(place.port()))
                    .replace("@CONTROLLER_PORT@", Integer.toString(controllerPort))
                    .replace("@DATA@", place.folder().resolve("data").toString());
        }
    }

    private static String listener(int port) {
        return port == 0 ? "" : ",PROXIED://127.0.0.1:" + port;
    }

    private static Path jars() {
        return PackageCache.ofUser()
                .entry(
                        "kafka-" + ServerVersions.KAFKA,
                        folder ->
                                new MavenPackage(
                                                "org.apache.kafka",
                                                "kafka_2.13",
                                                ServerVersions.KAFKA)
                                        .fetchWithDependencies(folder));
    }
}
