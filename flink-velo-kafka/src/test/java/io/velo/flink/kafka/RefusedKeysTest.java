// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "sasl.login.class",
                "sasl.login.callback.handler.class",
                "sasl.client.callback.handler.class",
                "sasl.oauthbearer.token.endpoint.url",
                "sasl.oauthbearer.jwks.endpoint.url",
                "sasl.oauthbearer.jwt.retriever.class",
                "sasl.oauthbearer.jwt.validator.class",
                "sasl.oauthbearer.assertion.private.key.file",
                "sasl.oauthbearer.client.credentials.client.secret",
                "sasl.kerberos.kinit.cmd",
                "interceptor.classes",
                "metric.reporters",
                "key.serializer",
                "value.serializer",
                "key.deserializer",
                "value.deserializer",
                "partitioner.class",
                "partition.assignment.strategy",
                "config.providers",
                "security.providers",
                "ssl.provider",
                "ssl.engine.factory.class",
                "ssl.trustmanager.algorithm",
                "ssl.endpoint.identification.algorithm",
                "bootstrap.servers",
                "transactional.id",
                "enable.auto.commit",
                "group.instance.id",
                "socketFactory",
                "sslfactory",
                "loggerFile"
            })
    void aKeyThatNamesCodeOrBelongsToVeloIsRefusedInEverySpelling(String key) {
        for (String name : new String[] {key, key.replace('.', '_'), "sink." + key}) {
            assertThatThrownBy(
                            () ->
                                    Requests.of("kafka://b1/orders")
                                            .with(name, "com.example.Evil")
                                            .source())
                    .hasMessageContaining("VELO-URI-003")
                    .hasMessageNotContaining("com.example.Evil");
        }
    }

    @Test
    void aRefusedKeyInTheUriDoesNotShowItsSecret() {
        assertThatThrownBy(
                        () -> Requests.of("kafka://b1/orders?sasl_jaas_config=VELOCANARY").source())
                .hasMessageContaining("sasl_jaas_config")
                .hasMessageNotContaining("VELOCANARY");
    }

    @Test
    void onlyKeysThatTheClientLibraryDeclaresPass() {
        assertThat(ClientKeys.target("sessionTimeoutMs")).hasValue("properties.session.timeout.ms");
        assertThat(ClientKeys.target("fetch_min_bytes")).hasValue("properties.fetch.min.bytes");
        assertThat(ClientKeys.target("no.such.key")).isEmpty();
        assertThat(ClientKeys.allowed()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retry.max-attempts",
                "circuit-breaker.enabled",
                "fallback.uris",
                "watermark.idle-timeout",
                "late-data.strategy",
                "metadata",
                "schema.evolution",
                "lookup.cache"
            })
    void anOptionThatIsNotBuiltYetIsRefusedAsSuch(String key) {
        assertThatThrownBy(() -> Requests.of("kafka://b1/orders").with(key, "1").source())
                .hasMessageContaining("VELO-OPT-004");
    }
}
