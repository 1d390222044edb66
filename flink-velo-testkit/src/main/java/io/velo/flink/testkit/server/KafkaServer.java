// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Kafka cluster of one node without encryption or login. New topics get one partition unless
 * asked otherwise. Acknowledged records and commits survive {@link #kill()}.
 */
public final class KafkaServer extends HostedServer {

    private static final String KIND = "kafka";

    private static final int NO_PROXY = 0;

    private final int controllerPort;
    private final int proxyPort;
    private final int proxiedPort;

    private KafkaServer(ServerPlace place) {
        this(place, NO_PROXY, NO_PROXY);
    }

    private KafkaServer(ServerPlace place, int proxyPort, int proxiedPort) {
        super(KIND, place);
        this.controllerPort = place.claimPort();
        this.proxyPort = proxyPort;
        this.proxiedPort = proxiedPort;
    }

    /** A server with a new folder among the machine's temporary ones; not started. */
    public static KafkaServer create() {
        return new KafkaServer(ServerPlace.temporary(KIND));
    }

    /** A server with a new folder of its own in the given one; not started. */
    public static KafkaServer create(Path workFolder) {
        return new KafkaServer(ServerPlace.in(workFolder, KIND));
    }

    /**
     * A server with one more listener for clients that come through a proxy: it listens on {@link
     * #proxiedPort()} and tells them to come back to {@link #proxyPort()}. Not started; plain
     * processes only.
     */
    public static KafkaServer createBehindProxy() {
        ServerPlace place = ServerPlace.temporary(KIND);
        return new KafkaServer(place, place.claimPort(), place.claimPort());
    }

    /** The port on which the proxy has to listen; 0 without one. */
    public int proxyPort() {
        return proxyPort;
    }

    /** The port to which the proxy has to connect; 0 without one. */
    public int proxiedPort() {
        return proxiedPort;
    }

    /** Host and port for the clients' option {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** {@code kafka://127.0.0.1:PORT}. */
    @Override
    public String uri() {
        return "kafka://" + bootstrapServers();
    }

    @Override
    ServerProgram program() {
        return new KafkaProgram(place(), controllerPort, proxyPort, proxiedPort);
    }

    @Override
    ContainerImage image() {
        return new ContainerImage(
                ServerVersions.KAFKA_IMAGE,
                9092,
                Map.ofEntries(
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
                        Map.entry(
                                "KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + bootstrapServers()),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry(
                                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                        Map.entry("KAFKA_NUM_PARTITIONS", "1")),
                List.of(),
                Map.of());
    }
}
