// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RedisServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.PGConnection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * The data of the quickstart and how it gets into the servers: flights into the Kafka topic {@code
 * flights}, airports into the PostgreSQL table {@code airports}, states into Redis hashes {@code
 * state:CODE}. Immutable, therefore thread-safe.
 */
public final class DemoData {

    /** The Kafka topic of the flights. */
    public static final String TOPIC = "flights";

    private final Path folder;

    /**
     * The data files in a folder.
     *
     * @param folder holds {@code flights-20k.json}, {@code airports.csv} and {@code states.csv}
     */
    public DemoData(Path folder) {
        this.folder = folder;
    }

    /** The flights in the order of the file, which is the order of their times, as JSON objects. */
    public List<byte[]> flights() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<byte[]> flights = new ArrayList<>();
        for (JsonNode flight : json.readTree(folder.resolve("flights-20k.json").toFile())) {
            flights.add(json.writeValueAsBytes(flight));
        }
        return flights;
    }

    /** Appends flights to the topic {@value #TOPIC}; returns when all are stored. */
    public void sendFlights(KafkaServer kafka, List<byte[]> flights) {
        sendFlights(kafka, TOPIC, flights);
    }

    /** Appends flights to a topic, which is made if it is missing; returns when all are stored. */
    public void sendFlights(KafkaServer kafka, String topic, List<byte[]> flights) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] flight : flights) {
                producer.send(new ProducerRecord<>(topic, flight));
            }
            producer.flush();
        }
    }

    /** Makes the table of airports anew and fills it; returns the number of rows. */
    public long loadAirports(PostgresServer postgres) throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("velo"),
                                postgres.username(),
                                postgres.password());
                Statement statement = connection.createStatement();
                Reader csv = Files.newBufferedReader(folder.resolve("airports.csv"))) {
            statement.execute("DROP TABLE IF EXISTS airports");
            statement.execute(
                    "CREATE TABLE airports (iata text PRIMARY KEY, name text, city text, state"
                            + " text, country text, latitude float8, longitude float8)");
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY airports FROM STDIN (FORMAT csv, HEADER)", csv);
        }
    }

    /** Writes one hash per state; returns their number. */
    public int loadStates(RedisServer redis) throws IOException {
        List<String> lines =
                Files.readAllLines(folder.resolve("states.csv"), StandardCharsets.UTF_8);
        try (Jedis jedis = new Jedis(redis.host(), redis.port());
                Pipeline pipeline = jedis.pipelined()) {
            for (String line : lines.subList(1, lines.size())) {
                String[] state = line.split(",");
                pipeline.hset("state:" + state[0], Map.of("name", state[1], "region", state[2]));
            }
            pipeline.sync();
        }
        return lines.size() - 1;
    }
}
