// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.Locale;

/** The row formats of Flink that can be written in {@code format} and {@code key-format}. */
enum KafkaFormat {
    JSON("flink-json"),
    AVRO("flink-sql-avro"),
    AVRO_CONFLUENT("flink-sql-avro-confluent-registry"),
    PROTOBUF("flink-sql-protobuf"),
    CSV("flink-csv"),
    RAW("flink-table-runtime"),
    DEBEZIUM_JSON("flink-json"),
    DEBEZIUM_AVRO_CONFLUENT("flink-sql-avro-confluent-registry");

    private final String artifact;

    KafkaFormat(String artifact) {
        this.artifact = artifact;
    }

    /** The name of the format's factory in Flink. */
    String identifier() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The jar that brings the format. */
    String artifact() {
        return artifact;
    }

    /** Whether the format itself tells inserts, updates and deletes apart. */
    boolean isChangelog() {
        return this == DEBEZIUM_JSON || this == DEBEZIUM_AVRO_CONFLUENT;
    }

    /** Whether the format asks a schema registry. */
    boolean needsRegistry() {
        return this == AVRO_CONFLUENT || this == DEBEZIUM_AVRO_CONFLUENT;
    }

    /** This format where a schema registry is given. */
    KafkaFormat withRegistry() {
        return this == AVRO ? AVRO_CONFLUENT : this;
    }
}
