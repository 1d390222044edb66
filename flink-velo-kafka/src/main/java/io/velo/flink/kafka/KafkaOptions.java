// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.batch.BatchStrategy;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.common.retry.RetryStrategy;
import io.velo.flink.common.secret.Secret;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** The options of the Kafka scheme. */
final class KafkaOptions {

    /** Which columns a record's value holds. */
    enum ValueFields {
        ALL,
        EXCEPT_KEY
    }

    /** Kafka's ways of securing a connection. */
    enum SecurityProtocol {
        PLAINTEXT,
        SSL,
        SASL_SSL,
        SASL_PLAINTEXT;

        boolean isEncrypted() {
            return this == SSL || this == SASL_SSL;
        }

        boolean hasLogin() {
            return this == SASL_SSL || this == SASL_PLAINTEXT;
        }
    }

    /** Kafka's ways of logging in. */
    enum SaslMechanism {
        PLAIN,
        SCRAM_SHA_256,
        SCRAM_SHA_512,
        OAUTHBEARER,
        GSSAPI;

        String kafkaName() {
            return name().replace('_', '-');
        }
    }

    /** How rows without a key are spread over partitions. */
    enum Partitioner {
        DEFAULT,
        FIXED,
        ROUND_ROBIN
    }

    static final SchemeOption<String> TOPIC =
            SchemeOption.of(
                    "topic",
                    ValueKind.TEXT,
                    "Topic, topics separated by commas, or ~ and a regular expression: instead of"
                            + " the path of the URI.");

    static final SchemeOption<String> GROUP_ID =
            SchemeOption.of(
                            "group-id",
                            ValueKind.TEXT,
                            "Consumer group to which checkpoints commit the offsets.")
                    .defaultInWords("velo-<catalog>.<database>.<table>")
                    .forSource();

    static final SchemeOption<Position> OFFSET =
            SchemeOption.of(
                            "offset",
                            Position.START,
                            "Where reading starts when there is no checkpoint to resume from.")
                    .defaultInWords("earliest in batch mode, latest in streaming mode")
                    .forSource();

    static final SchemeOption<Position> END =
            SchemeOption.of("end", Position.END, "Where reading ends; the end is exclusive.")
                    .defaultInWords("latest in batch mode, never in streaming mode")
                    .forSource();

    static final SchemeOption<KafkaFormat> FORMAT =
            SchemeOption.of(
                            "format",
                            ValueKind.oneOf(KafkaFormat.class),
                            "Format of the record's value.")
                    .defaultValue(KafkaFormat.JSON);

    static final SchemeOption<KafkaFormat> KEY_FORMAT =
            SchemeOption.of(
                            "key-format",
                            ValueKind.oneOf(KafkaFormat.class),
                            "Format of the record's key.")
                    .defaultInWords("that of the value, if there are key columns");

    static final SchemeOption<List<String>> KEY_FIELDS =
            SchemeOption.of("key-fields", ValueKind.LIST, "Columns that make up the record's key.")
                    .defaultInWords("the primary key");

    static final SchemeOption<ValueFields> VALUE_FIELDS_INCLUDE =
            SchemeOption.of(
                            "value-fields-include",
                            ValueKind.oneOf(ValueFields.class),
                            "Whether the record's value holds the key columns too.")
                    .defaultValue(ValueFields.ALL);

    static final SchemeOption<String> SCHEMA_REGISTRY =
            SchemeOption.of(
                    "schema-registry",
                    ValueKind.of(
                            String.class,
                            "a URL such as http://registry:8081 without a login in it",
                            KafkaOptions::registryUrl),
                    "URL of the schema registry; it turns avro into avro-confluent.");

    static final SchemeOption<Secret> REGISTRY_USER_INFO =
            SchemeOption.of(
                            "schema-registry.user-info",
                            ValueKind.SECRET,
                            "Login at the schema registry as user:password.")
                    .aliases(
                            "avro-confluent.basic-auth.user-info",
                            "debezium-avro-confluent.basic-auth.user-info");

    static final SchemeOption<Secret> REGISTRY_TOKEN =
            SchemeOption.of(
                            "schema-registry.token",
                            ValueKind.SECRET,
                            "Bearer token for the schema registry.")
                    .aliases(
                            "avro-confluent.bearer-auth.token",
                            "debezium-avro-confluent.bearer-auth.token");

    static final SchemeOption<SecurityProtocol> SECURITY_PROTOCOL =
            SchemeOption.of(
                            "security-protocol",
                            ValueKind.oneOf(SecurityProtocol.class),
                            "Encryption and login of the connection.")
                    .defaultInWords(
                            "SASL_SSL with a login, SSL with an ssl option, else PLAINTEXT");

    static final SchemeOption<SaslMechanism> SASL_MECHANISM =
            SchemeOption.of(
                            "sasl-mechanism",
                            ValueKind.oneOf(SaslMechanism.class),
                            "How the login is proved. GSSAPI takes its ticket from Flink's"
                                    + " security.kerberos options.")
                    .defaultValue(SaslMechanism.PLAIN);

    static final SchemeOption<Boolean> UPSERT =
            SchemeOption.of(
                            "upsert",
                            ValueKind.FLAG,
                            "Read and write the newest row of each primary key; a record without"
                                    + " value deletes. Such a table is always read from the earliest"
                                    + " offset.")
                    .defaultInWords("true if a primary key is declared");

    static final SchemeOption<String> TXN_PREFIX =
            SchemeOption.of(
                            "txn-prefix",
                            ValueKind.TEXT,
                            "Prefix of the transactional ids for exactly-once; two jobs must not"
                                    + " share it, and it must not change between restarts.")
                    .defaultInWords("velo-<catalog>.<database>.<table>")
                    .forSink();

    static final SchemeOption<Boolean> PRESERVE_TIMESTAMPS =
            SchemeOption.of(
                            "preserve-timestamps",
                            ValueKind.FLAG,
                            "Write the column METADATA FROM 'timestamp' as the record's time.")
                    .defaultValue(false)
                    .forSink();

    static final SchemeOption<Duration> DISCOVERY_INTERVAL =
            SchemeOption.of(
                            "discovery-interval",
                            ValueKind.DURATION,
                            "How often a streaming read looks for new partitions and topics; 0 is"
                                    + " never.")
                    .defaultInWords("5 min, Flink's")
                    .forSource();

    static final SchemeOption<Partitioner> PARTITIONER =
            SchemeOption.of(
                            "partitioner",
                            ValueKind.oneOf(Partitioner.class),
                            "How rows are spread over partitions: as Kafka does, one partition per"
                                    + " writer, or in turn.")
                    .defaultInWords("default, Kafka's")
                    .forSink();

    static final SchemeOption<Duration> WAIT_TIMEOUT =
            SchemeOption.of(
                            "wait-timeout",
                            ValueKind.DURATION,
                            "How long planning waits for a missing topic to appear.")
                    .defaultValue(Duration.ZERO)
                    .forSource();

    static final SchemeOption<Integer> SAMPLE_ROWS =
            SchemeOption.of(
                            "sample-rows",
                            ValueKind.integer("records", 1, 10_000),
                            "Newest records that are looked at to discover columns.")
                    .defaultValue(100)
                    .forSource();

    static final SchemeOption<Duration> SAMPLE_TIMEOUT =
            SchemeOption.of(
                            "schema.sample-timeout",
                            ValueKind.DURATION,
                            "Longest time for reading the sample.")
                    .defaultValue(Duration.ofSeconds(10))
                    .forSource();

    static final SchemeOption<EventTimeFormat> EVENT_TIME_FORMAT =
            SchemeOption.of(
                            "event-time.format",
                            EventTimeFormat.KIND,
                            "How event-time.field is written in JSON. Auto reads numbers as epoch"
                                    + " milliseconds and text as ISO-8601; a time without a zone is"
                                    + " UTC.")
                    .defaultValue(EventTimeFormat.AUTO)
                    .forSource();

    static final SchemeOption<Integer> BATCH_SIZE =
            CommonOptions.BATCH_SIZE.describedAs(
                    "With upsert: rows that are held back so that only the last one of each key is"
                            + " written.");

    static final SchemeOption<MemorySize> BATCH_BYTES =
            CommonOptions.BATCH_BYTES.describedAs(
                    "Bytes that one request holds per partition at the most.");

    static final SchemeOption<Duration> BATCH_TIMEOUT =
            CommonOptions.BATCH_TIMEOUT.describedAs(
                    "Longest time a row waits to be written; a checkpoint writes all.");

    static final SchemeOption<Integer> MAX_IN_FLIGHT =
            CommonOptions.MAX_IN_FLIGHT
                    .describedAs(
                            "Requests under way at once per broker, 1 to 5"
                                    + " (max.in.flight.requests.per.connection).")
                    .defaultInWords("5, Kafka's");

    static final SchemeOption<BatchStrategy> BATCH_STRATEGY =
            BatchOptions.STRATEGY.describedAs(
                    "Chooses limits for batches where batch-bytes, batch-timeout and max-in-flight"
                            + " are not given: fixed_size is Kafka's, time_window waits 1 s,"
                            + " low_latency does not wait, mega_batch gathers 1 MB for up to 1 s;"
                            + " the others are refused.");

    static final SchemeOption<RetryStrategy> RETRY_STRATEGY =
            RetryOptions.STRATEGY
                    .describedAs(
                            "How the pauses between attempts of the producer grow: exponential or"
                                    + " fixed; the others are refused.")
                    .forSink();

    static final SchemeOption<Duration> RETRY_INITIAL_DELAY =
            RetryOptions.INITIAL_DELAY
                    .describedAs("The first pause of the producer (retry.backoff.ms).")
                    .forSink();

    static final SchemeOption<Duration> RETRY_MAX_DELAY =
            SchemeOption.of(
                            RetryOptions.MAX_DELAY.key(),
                            ValueKind.DURATION,
                            "The longest pause of the producer (retry.backoff.max.ms).")
                    .defaultInWords("1 s, Kafka's")
                    .forSink();

    static final SchemeOption<Duration> RETRY_TIMEOUT =
            SchemeOption.of(
                            RetryOptions.TIMEOUT.key(),
                            ValueKind.DURATION,
                            "Time after which a record that the broker has not taken fails"
                                    + " (delivery.timeout.ms).")
                    .defaultInWords("2 min, Kafka's")
                    .forSink();

    private KafkaOptions() {}

    private static String registryUrl(String text) {
        java.net.URI url = java.net.URI.create(text.trim());
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException();
        }
        return text.trim();
    }
}
