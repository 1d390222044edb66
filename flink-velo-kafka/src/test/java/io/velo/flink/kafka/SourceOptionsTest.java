// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOptionsTest {

    private static Map<String, String> map(Requests request) {
        return Delegation.of(request.source()).options();
    }

    @Test
    void aBareUriHasExactlyTheseOptions() {
        assertThat(map(Requests.of("kafka://b1/orders")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("connector", "kafka"),
                                Map.entry("properties.bootstrap.servers", "b1:9092"),
                                Map.entry("properties.security.protocol", "PLAINTEXT"),
                                Map.entry("properties.group.id", "velo-cat.db.orders"),
                                Map.entry("properties.isolation.level", "read_committed"),
                                Map.entry("topic", "orders"),
                                Map.entry("scan.startup.mode", "latest-offset"),
                                Map.entry("value.format", "json"),
                                Map.entry("value.json.timestamp-format.standard", "ISO-8601"),
                                Map.entry("value.fields-include", "ALL")));
    }

    @Test
    void everyBrokerReachesTheClientsProperties() {
        Map<String, String> options = map(Requests.of("kafka://b1:9092,b2,[::1]:9094/orders"));

        assertThat(options)
                .containsEntry("properties.bootstrap.servers", "b1:9092,b2:9092,[::1]:9094")
                .containsEntry("topic", "orders");
    }

    @Test
    void aParameterIsNotSwallowedIntoTheTopic() {
        assertThat(map(Requests.of("kafka://b1/orders?group_id=analytics&offset=earliest")))
                .containsEntry("topic", "orders")
                .containsEntry("properties.group.id", "analytics")
                .containsEntry("scan.startup.mode", "earliest-offset");
    }

    @Test
    void saslSslReachesTheClient() {
        Map<String, String> options =
                map(
                        Requests.of(
                                "kafka://b1/orders?security_protocol=SASL_SSL&username=app"
                                        + "&password=secret&sasl_mechanism=SCRAM-SHA-512"));

        assertThat(options)
                .containsEntry("properties.security.protocol", "SASL_SSL")
                .containsEntry("properties.sasl.mechanism", "SCRAM-SHA-512");
    }

    @Test
    void severalTopicsAndPatternsAreKeptApart() {
        assertThat(map(Requests.of("kafka://b1/orders,returns")))
                .containsEntry("topic", "orders;returns");
        assertThat(map(Requests.of("kafka://b1/~orders-[0-9]{1,3}")))
                .containsEntry("topic-pattern", "orders-[0-9]{1,3}")
                .doesNotContainKey("topic");
        assertThat(map(Requests.of("kafka://b1").with("topic", "orders")))
                .containsEntry("topic", "orders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "earliest | earliest-offset | |",
                "LATEST | latest-offset | |",
                "1735689600000 | timestamp | scan.startup.timestamp-millis | 1735689600000",
                "2025-01-01T00:00:00Z | timestamp | scan.startup.timestamp-millis | 1735689600000",
                "2025-01-01T02:00:00+02:00 | timestamp | scan.startup.timestamp-millis |"
                        + " 1735689600000",
                "2025-01-01T00:00:00 | timestamp | scan.startup.timestamp-millis | 1735689600000",
                "2025-01-01 | timestamp | scan.startup.timestamp-millis | 1735689600000",
                "0:42,1:300 | specific-offsets | scan.startup.specific-offsets |"
                        + " partition:0,offset:42;partition:1,offset:300",
                "group | group-offsets | properties.auto.offset.reset | earliest"
            })
    void everyFormOfOffsetIsMapped(String offset, String mode, String key, String value) {
        Map<String, String> options = map(Requests.of("kafka://b1/orders").with("offset", offset));

        assertThat(options).containsEntry("scan.startup.mode", mode);
        if (key != null) {
            assertThat(options).containsEntry(key, value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latest | latest-offset | |",
                "1735689600000 | timestamp | scan.bounded.timestamp-millis | 1735689600000",
                "0:7 | specific-offsets | scan.bounded.specific-offsets | partition:0,offset:7"
            })
    void everyFormOfEndIsMapped(String end, String mode, String key, String value) {
        Map<String, String> options = map(Requests.of("kafka://b1/orders").with("end", end));

        assertThat(options).containsEntry("scan.bounded.mode", mode);
        if (key != null) {
            assertThat(options).containsEntry(key, value);
        }
    }

    @Test
    void aBatchJobReadsFromEarliestToLatest() {
        assertThat(map(Requests.of("kafka://b1/orders").batch()))
                .containsEntry("scan.startup.mode", "earliest-offset")
                .containsEntry("scan.bounded.mode", "latest-offset");
    }

    @Test
    void theBareWordTimestampShowsTheForm() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?offset=timestamp")))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("offset=2025-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "0:42;1:300", "0:1,0:2", "-5", "2025-13-01", "earliest-offset"})
    void anOffsetThatMeansNothingIsRefused(String offset) {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders").with("offset", offset)))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-OPT-001");
    }

    @Test
    void theGroupOfATableNamedByItsUriIsAHashOfTheRedactedUri() {
        String uri = "kafka://b1/orders?password=one&username=app";
        String group = map(Requests.of(uri).named(uri)).get("properties.group.id");

        assertThat(group).matches("velo-[0-9a-f]{16}");
        String other = uri.replace("one", "two");
        assertThat(map(Requests.of(other).named(other)))
                .containsEntry("properties.group.id", group);
        String elsewhere = uri.replace("orders", "returns");
        assertThat(map(Requests.of(elsewhere).named(elsewhere)))
                .doesNotContainEntry("properties.group.id", group);
    }

    @Test
    void aStrongerPlaceBeatsAWeakerOne() {
        Requests request = Requests.of("kafka://b1/orders?group_id=uri").entry("group_id", "entry");
        assertThat(map(request)).containsEntry("properties.group.id", "uri");
        assertThat(map(request.with("group-id", "with")))
                .containsEntry("properties.group.id", "with");
        assertThat(map(request.with("source.group-id", "role")))
                .containsEntry("properties.group.id", "role");
    }

    @Test
    void everyProducedKeyIsOneThatFlinksConnectorKnows() {
        TableRequest request =
                Requests.of("kafka://b1:9092,b2/orders")
                        .with("group-id", "g")
                        .with("offset", "0:1")
                        .with("end", "0:9")
                        .with("format", "csv")
                        .with("key-format", "json")
                        .with("key-fields", "id")
                        .with("value-fields-include", "except-key")
                        .with("csv.field-delimiter", ";")
                        .with("discovery-interval", "10 s")
                        .with("parallelism", "3")
                        .with("username", "app")
                        .with("password", "pw")
                        .with("session_timeout_ms", "30000")
                        .with("client.id", "reader")
                        .with("ssl_truststore_location", "/trust.jks")
                        .with("ssl_truststore_password", "pw")
                        .source();

        Map<String, String> options = Delegation.of(request).options();

        assertThat(options)
                .containsEntry("key.fields", "id")
                .containsEntry("key.format", "json")
                .containsEntry("value.format", "csv")
                .containsEntry("value.fields-include", "EXCEPT_KEY")
                .containsEntry("value.csv.field-delimiter", ";")
                .containsEntry("scan.topic-partition-discovery.interval", "10000 ms")
                .containsEntry("scan.parallelism", "3")
                .containsEntry("properties.session.timeout.ms", "30000")
                .containsEntry("properties.client.id.prefix", "reader")
                .containsEntry("properties.ssl.truststore.location", "/trust.jks")
                .containsEntry("properties.ssl.truststore.password", "pw")
                .containsEntry("properties.security.protocol", "SASL_SSL");
        // The factory refuses every key that it does not know.
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
    }

    @Test
    void formatOptionsOfBothSidesPassThrough() {
        Map<String, String> options =
                map(
                        Requests.of("kafka://b1/orders?json_ignore_parse_errors=true")
                                .with("key-fields", "id")
                                .with("key.json.fail-on-missing-field", "true")
                                .with("value.json.timestamp-format.standard", "SQL"));

        assertThat(options)
                .containsEntry("value.json.ignore-parse-errors", "true")
                .containsEntry("key.json.ignore-parse-errors", "true")
                .containsEntry("key.json.fail-on-missing-field", "true")
                .containsEntry("value.json.timestamp-format.standard", "SQL")
                .doesNotContainKey("value.json.fail-on-missing-field");
    }

    @Test
    void aFormatOptionWithATypingErrorIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?json_ignore_parse_error=true")))
                .hasMessageContaining("VELO-URI-003")
                .hasMessageContaining("ignore-parse-errors");
    }

    @Test
    void anOptionOfAFormatThatTheTableDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?csv_field_delimiter=;")))
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("csv.field-delimiter");
    }

    @Test
    void aFormatWhoseJarIsMissingNamesTheJar() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?format=protobuf")))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("flink-sql-protobuf-");
    }

    @Test
    void aRegistryTurnsAvroIntoItsRegistryFormat() {
        TableRequest request =
                Requests.of("kafka://b1/orders?format=avro&schema_registry=http://r:8081")
                        .with("key-fields", "id")
                        .with("schema-registry.user-info", "app:VELOCANARY")
                        .source();

        assertThat(Delegation.of(request).options())
                .containsEntry("value.format", "avro-confluent")
                .containsEntry("value.avro-confluent.url", "http://r:8081")
                .containsEntry("value.avro-confluent.basic-auth.credentials-source", "USER_INFO")
                .containsEntry("value.avro-confluent.basic-auth.user-info", "app:VELOCANARY")
                .containsEntry("key.format", "avro-confluent")
                .containsEntry("key.avro-confluent.url", "http://r:8081");
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
        assertThat(request.options().toString()).doesNotContain("VELOCANARY");
    }

    @Test
    void aBearerTokenReachesTheRegistryFormat() {
        TableRequest request =
                Requests.of("kafka://b1/orders?format=debezium-avro-confluent")
                        .with("schema-registry", "https://r")
                        .with("schema-registry.token", "t")
                        .source();

        assertThat(Delegation.of(request).options())
                .containsEntry("value.debezium-avro-confluent.url", "https://r")
                .containsEntry("value.debezium-avro-confluent.bearer-auth.token", "t");
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?schema_registry=http://r | without a format that asks a registry",
                "?format=avro-confluent | needs a schema registry",
                "?format=avro&schema_registry=http://u:p@r | VELO-OPT-001",
                "?format=avro&schema_registry=file:///etc/passwd | VELO-OPT-001"
            })
    void aRegistryThatDoesNotFitIsRefused(String query, String words) {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders" + query)))
                .hasMessageContaining(words);
    }

    @Test
    void aSecretOfAFormatIsASecretUnderFlinksNameToo() {
        TableRequest request =
                Requests.of("kafka://b1/orders?format=avro-confluent&schema_registry=http://r")
                        .with("avro-confluent.basic-auth.user-info", "app:VELOCANARY")
                        .source();

        assertThat(Delegation.of(request).options())
                .containsEntry("value.avro-confluent.basic-auth.user-info", "app:VELOCANARY");
        assertThat(request.options().toString()).doesNotContain("VELOCANARY");
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of(
                                                "kafka://b1/orders?format=avro-confluent"
                                                        + "&schema_registry=http://r"
                                                        + "&avro_confluent_ssl_keystore_password"
                                                        + "=VELOCANARY")))
                .hasMessageContaining("VELO-URI-003")
                .hasMessageNotContaining("VELOCANARY");
    }

    @Test
    void allConflictsAreReportedAtOnce() {
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://b1/or ders?offset=latest&upsert=true")
                                                .primaryKey("id")
                                                .with("auto_offset_reset", "latest")
                                                .with("sasl-mechanism", "PLAIN")
                                                .with("key-fields", "name")
                                                .with("max.poll.records", "many")))
                .isInstanceOfSatisfying(
                        VeloException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(Problem::code)
                                        .containsExactlyInAnyOrder(
                                                ErrorCode.OPTION_VALUE,
                                                ErrorCode.OPTION_CONFLICT,
                                                ErrorCode.OPTION_CONFLICT,
                                                ErrorCode.OPTION_CONFLICT,
                                                ErrorCode.OPTION_CONFLICT,
                                                ErrorCode.OPTION_VALUE));
    }

    @Test
    void aPrimaryKeyMakesAnUpsertTable() {
        TableRequest request =
                Requests.of("kafka://b1/orders?offset=earliest").primaryKey("id").source();
        Delegation delegation = Delegation.of(request);

        assertThat(delegation.isUpsert()).isTrue();
        assertThat(delegation.options())
                .containsEntry("connector", "upsert-kafka")
                .containsEntry("key.format", "json")
                .containsEntry("value.format", "json")
                .doesNotContainKeys("key.fields", "scan.startup.mode");
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
    }

    @Test
    void aChangelogFormatKeepsItsPrimaryKeyWithoutUpsert() {
        TableRequest request =
                Requests.of("kafka://b1/orders?format=debezium-json").primaryKey("id").source();

        assertThat(Delegation.of(request).isUpsert()).isFalse();
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
    }

    @Test
    void upsertWithoutAPrimaryKeyIsRefused() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/orders?upsert=true")))
                .hasMessageContaining("PRIMARY KEY (id) NOT ENFORCED");
    }

    @Test
    void aPlainTableWithAPrimaryKeyIsRefused() {
        assertThatThrownBy(
                        () -> map(Requests.of("kafka://b1/orders?upsert=false").primaryKey("id")))
                .hasMessageContaining("upsert=false");
    }

    @Test
    void offsetsByPartitionNeedOneTopic() {
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/a,b?offset=0:1&end=0:2")))
                .hasMessageContaining("'offset'")
                .hasMessageContaining("'end'");
    }

    @ParameterizedTest
    @CsvSource({"kafka://b1/or%20ders", "kafka://b1/a/b", "kafka://b1/..", "kafka://b1/~(["})
    void aTopicThatKafkaDoesNotAllowIsRefused(String uri) {
        assertThatThrownBy(() -> map(Requests.of(uri))).isInstanceOf(VeloException.class);
    }

    @Test
    void aTopicOf250CharactersIsRefused() {
        assertThat(map(Requests.of("kafka://b1/" + "t".repeat(249)))).isNotEmpty();
        assertThatThrownBy(() -> map(Requests.of("kafka://b1/" + "t".repeat(250))))
                .hasMessageContaining("249");
    }

    @Test
    void warningsAreErrorsUnderStrict() {
        for (String uri :
                List.of(
                        "kafka://b1:80/orders",
                        "kafka://b1/test",
                        "kafka://b1/orders?session_timeout_ms=10")) {
            assertThat(map(Requests.of(uri))).isNotEmpty();
            assertThatThrownBy(() -> map(Requests.of(uri).with("strict", "true")))
                    .isInstanceOf(VeloException.class);
        }
    }

    @Test
    void anEventTimeFieldIsDecodedByVelosFormat() {
        TableRequest request =
                Requests.of("kafka://b1/orders?event_time_field=ts")
                        .with("event-time.format", "epoch_seconds")
                        .with("json.ignore-parse-errors", "true")
                        .column("ts", DataTypes.TIMESTAMP_LTZ(3))
                        .source();

        assertThat(Delegation.of(request).options())
                .containsEntry("value.format", "velo-json")
                .containsEntry("value.velo-json.event-time.field", "ts")
                .containsEntry("value.velo-json.event-time.format", "epoch_seconds")
                .containsEntry("value.velo-json.ignore-parse-errors", "true")
                .containsEntry("value.velo-json.timestamp-format.standard", "ISO-8601");
        assertThat(new KafkaScheme().source(request)).isInstanceOf(KafkaTableSource.class);
    }

    @Test
    void theTableSourceKeepsTheAbilitiesOfItsDelegate() {
        KafkaTableSource source =
                (KafkaTableSource) new KafkaScheme().source(Requests.of("kafka://b1/t").source());

        assertThat(source.listReadableMetadata())
                .containsKeys("topic", "partition", "offset", "timestamp", "headers");
        assertThat(source.copy()).isNotSameAs(source).isEqualTo(source);
        assertThatThrownBy(() -> source.getLookupRuntimeProvider(null))
                .hasMessageContaining("Scheme 'kafka' cannot be used in a lookup join.");
    }

    @Test
    void planningIsThePureFunctionOfItsRequest() {
        TableRequest request = Requests.of("kafka://b1/orders").source();

        assertThat(Delegation.of(request)).isEqualTo(Delegation.of(request));
    }
}
