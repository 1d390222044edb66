// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.scheme.TableRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityTest {

    private static final String JAAS = "properties.sasl.jaas.config";

    private static Map<String, String> map(Requests request) {
        return Delegation.of(request.source()).options();
    }

    private static Map<String, ?> login(String jaas, String module) {
        JaasContext context =
                JaasContext.loadClientContext(
                        Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)));
        assertThat(context.configurationEntries()).hasSize(1);
        assertThat(context.configurationEntries().get(0).getLoginModuleName()).isEqualTo(module);
        return context.configurationEntries().get(0).getOptions();
    }

    @Test
    void kafkaReadsUserAndPasswordBackFromTheJaasText() {
        String user = "a\"b;\\";
        String password = "p\"w\\; required evil=\"1\"\n${x}";
        Map<String, String> options =
                map(
                        Requests.of("kafka://b1/orders")
                                .with("username", user)
                                .with("password", password));

        assertThat(options).containsEntry("properties.security.protocol", "SASL_SSL");
        Map<String, ?> login = login(options.get(JAAS), PlainLoginModule.class.getName());
        assertThat(login).hasSize(2);
        assertThat(login.get("username")).isEqualTo(user);
        assertThat(login.get("password")).isEqualTo(password);
    }

    @Test
    void aLoginOfTheUriCounts() {
        Map<String, String> options =
                map(
                        Requests.of(
                                "kafka://app:p%40ss@b1/orders?sasl_mechanism=SCRAM-SHA-256"
                                        + "&security_protocol=sasl_plaintext"));

        assertThat(options)
                .containsEntry("properties.security.protocol", "SASL_PLAINTEXT")
                .containsEntry("properties.sasl.mechanism", "SCRAM-SHA-256");
        Map<String, ?> login = login(options.get(JAAS), ScramLoginModule.class.getName());
        assertThat(login.get("username")).isEqualTo("app");
        assertThat(login.get("password")).isEqualTo("p@ss");
    }

    @Test
    void aReferenceStaysOneUntilAClientOpens(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("pw"), "VELOCANARY\"1\n");
        System.setProperty("velo.security.secret-dirs", folder.toString());
        try {
            Map<String, String> options =
                    map(
                            Requests.of("kafka://b1/orders?username=app")
                                    .with("password", "${file:" + file + "}")
                                    .with("ssl-truststore-password", "${file:" + file + "}"));

            assertThat(options.toString()).doesNotContain("VELOCANARY");
            ConsumerConfig client = client(options);
            assertThat(client.getPassword("ssl.truststore.password").value())
                    .isEqualTo("VELOCANARY\"1");
            String jaas = client.getPassword(SaslConfigs.SASL_JAAS_CONFIG).value();
            assertThat(login(jaas, PlainLoginModule.class.getName()).get("password"))
                    .isEqualTo("VELOCANARY\"1");
        } finally {
            System.clearProperty("velo.security.secret-dirs");
        }
    }

    private static ConsumerConfig client(Map<String, String> options) {
        Map<String, Object> settings = new java.util.HashMap<>();
        options.forEach(
                (key, value) -> {
                    if (key.startsWith(ClientKeys.PREFIX)) {
                        settings.put(key.substring(ClientKeys.PREFIX.length()), value);
                    }
                });
        String bytes = org.apache.kafka.common.serialization.ByteArrayDeserializer.class.getName();
        settings.put("key.deserializer", bytes);
        settings.put("value.deserializer", bytes);
        return new ConsumerConfig(settings);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka://b1/t?security_protocol=PLAINTEXT&username=a&password=b, does not log in",
        "kafka://b1/t?security_protocol=SSL&sasl_mechanism=PLAIN, sasl-mechanism",
        "kafka://b1/t?security_protocol=PLAINTEXT&ssl_keystore_location=/k, ssl options",
        "kafka://b1/t?security_protocol=SASL_SSL, username",
        "kafka://b1/t?username=app, password",
        "kafka://b1/t?username=a&password=b&sasl_mechanism=GSSAPI, GSSAPI",
        "kafka://b1/t?username=a&password=b&sasl_mechanism=OAUTHBEARER, not built yet"
    })
    void whatDoesNotFitTogetherIsRefused(String uri, String words) {
        assertThatThrownBy(() -> map(Requests.of(uri))).hasMessageContaining(words);
    }

    @Test
    void anSslOptionAloneMeansSsl() {
        assertThat(map(Requests.of("kafka://b1/t?ssl_truststore_location=/trust.pem")))
                .containsEntry("properties.security.protocol", "SSL");
    }

    @Test
    void operatorsAreNamedAfterTheUriWithoutItsSecrets() {
        String uri = "kafka://app:VELOCANARY@b1/t?ssl_key_password=VELOCANARY";
        TableRequest request = Requests.of(uri).named(uri).source();

        String name =
                Delegation.of(request).context(request).getObjectIdentifier().asSummaryString();
        assertThat(name).contains("kafka://").doesNotContain("VELOCANARY");
    }

    @Test
    void noMessageHoldsTheSecret() {
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://app:VELOCANARY@b1/a b?ofset=1")
                                                .with("ssl_key_password", "VELOCANARY")))
                .hasMessageNotContaining("VELOCANARY");
        assertThatThrownBy(
                        () ->
                                map(
                                        Requests.of("kafka://app:VELOCANARY@b1/a b?offset=1")
                                                .with("ssl_key_password", "VELOCANARY")))
                .hasMessageContaining("a b")
                .hasMessageNotContaining("VELOCANARY");
        Delegation delegation = Delegation.of(Requests.of("kafka://app:VELOCANARY@b1/t").source());
        assertThat(delegation.toString()).doesNotContain("VELOCANARY");
    }
}
