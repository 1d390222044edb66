// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.secret.Secret;
import java.util.List;

/** What the Kafka scheme is called, which options it has and what it promises. */
final class KafkaSpec {

    static final String NAME = "kafka";
    static final int DEFAULT_PORT = 9092;

    /** The settings of Kafka's TLS that hold secrets or whole files, by option. */
    static final List<SchemeOption<Secret>> SSL_SECRETS =
            List.of(
                    ssl("ssl-truststore-password", "Password of the trust store."),
                    ssl("ssl-truststore-certificates", "Trusted certificates in PEM form."),
                    ssl("ssl-keystore-password", "Password of the key store."),
                    ssl("ssl-keystore-key", "Private key in PEM form."),
                    ssl("ssl-keystore-certificate-chain", "Certificate chain in PEM form."),
                    ssl("ssl-key-password", "Password of the private key."));

    static final SchemeSpec SPEC = spec();

    private KafkaSpec() {}

    private static SchemeOption<Secret> ssl(String key, String description) {
        return SchemeOption.of(key, ValueKind.SECRET, description);
    }

    private static SchemeSpec spec() {
        return SchemeSpec.of(NAME)
                .summary("Topics of Apache Kafka, read and written as rows or as an upsert stream.")
                .defaultPort(DEFAULT_PORT)
                .entry("brokers", "topic")
                .login()
                .options(
                        KafkaOptions.TOPIC,
                        KafkaOptions.GROUP_ID,
                        KafkaOptions.OFFSET,
                        KafkaOptions.END,
                        KafkaOptions.FORMAT,
                        KafkaOptions.KEY_FORMAT,
                        KafkaOptions.KEY_FIELDS,
                        KafkaOptions.VALUE_FIELDS_INCLUDE,
                        KafkaOptions.SCHEMA_REGISTRY,
                        KafkaOptions.REGISTRY_USER_INFO,
                        KafkaOptions.REGISTRY_TOKEN,
                        KafkaOptions.SECURITY_PROTOCOL,
                        KafkaOptions.SASL_MECHANISM)
                .options(SSL_SECRETS.toArray(SchemeOption<?>[]::new))
                .options(
                        KafkaOptions.UPSERT,
                        CommonOptions.DELIVERY_GUARANTEE,
                        KafkaOptions.TXN_PREFIX,
                        KafkaOptions.PRESERVE_TIMESTAMPS,
                        KafkaOptions.DISCOVERY_INTERVAL,
                        KafkaOptions.PARTITIONER,
                        KafkaOptions.WAIT_TIMEOUT,
                        CommonOptions.PARALLELISM,
                        KafkaOptions.BATCH_SIZE,
                        KafkaOptions.BATCH_BYTES,
                        KafkaOptions.BATCH_TIMEOUT,
                        KafkaOptions.MAX_IN_FLIGHT,
                        KafkaOptions.BATCH_STRATEGY,
                        BatchOptions.RATE_LIMIT,
                        KafkaOptions.RETRY_STRATEGY,
                        KafkaOptions.RETRY_INITIAL_DELAY,
                        KafkaOptions.RETRY_MAX_DELAY,
                        KafkaOptions.RETRY_TIMEOUT,
                        KafkaOptions.SAMPLE_ROWS,
                        KafkaOptions.SAMPLE_TIMEOUT,
                        KafkaOptions.EVENT_TIME_FORMAT)
                .options(FailureOptions.ALL.toArray(SchemeOption<?>[]::new))
                .passThrough(
                        "Settings of Kafka's own clients, such as session_timeout_ms, linger_ms or"
                                + " acks, except those that name classes or hold secrets",
                        ClientKeys::target)
                .passThrough(
                        "Options of Flink's formats, such as json.ignore-parse-errors, also with"
                                + " key. or value. in front",
                        FormatKeys::target)
                .example(
                        "kafka://b1:9092,b2:9092/orders?group_id=analytics&offset=earliest",
                        "Read the JSON records of a topic from the beginning.")
                .example(
                        "kafka://b1/~metrics-.*?offset=2025-01-01T00:00:00Z",
                        "Read all topics that match a pattern from a time on.")
                .example(
                        "kafka://b1/clicks?linger_ms=20&compression_type=zstd",
                        "Write JSON records in compressed batches of 20 ms.")
                .delivers(
                        "At-least-once by default; exactly-once by Kafka transactions for readers"
                                + " with isolation.level read_committed.")
                .build();
    }
}
