// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.kafka.KafkaOptions.SaslMechanism;
import io.velo.flink.kafka.KafkaOptions.SecurityProtocol;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Turns login and encryption options into settings of Kafka's clients. The JAAS text is built here
 * and never taken from a user, because it names classes. Not thread-safe.
 */
final class Security {

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Security(TableRequest request, Problems problems) {
        this.request = request;
        this.problems = problems;
    }

    /** The settings, by Kafka's names. */
    static Map<String, String> settings(TableRequest request, Problems problems) {
        Security security = new Security(request, problems);
        security.build();
        return security.settings;
    }

    private void build() {
        boolean ssl = putSslSecrets();
        ssl |=
                request.options().passedThrough().keySet().stream()
                        .anyMatch(key -> key.startsWith(ClientKeys.PREFIX + "ssl."));
        Credentials login = request.credentials();
        SecurityProtocol protocol =
                request.options()
                        .find(KafkaOptions.SECURITY_PROTOCOL)
                        .orElse(defaultProtocol(login, ssl));
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
        if (ssl && !protocol.isEncrypted()) {
            conflict(
                    "The ssl options have no meaning under security-protocol " + protocol + ".",
                    "Use SSL or SASL_SSL.");
        }
        if (protocol.hasLogin()) {
            putLogin(login);
        } else if (!login.isEmpty()) {
            conflict(
                    "A login is given, but security-protocol " + protocol + " does not log in.",
                    "Use SASL_SSL, or SASL_PLAINTEXT in a network that you trust.");
        } else if (request.options().isSet(KafkaOptions.SASL_MECHANISM)) {
            conflict(
                    "Option 'sasl-mechanism' has no meaning under security-protocol "
                            + protocol
                            + ".",
                    "Use SASL_SSL, or SASL_PLAINTEXT in a network that you trust.");
        }
    }

    private static SecurityProtocol defaultProtocol(Credentials login, boolean ssl) {
        if (!login.isEmpty()) {
            return SecurityProtocol.SASL_SSL;
        }
        return ssl ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
    }

    private boolean putSslSecrets() {
        for (SchemeOption<Secret> option : KafkaSpec.SSL_SECRETS) {
            request.options()
                    .find(option)
                    .ifPresent(
                            secret ->
                                    settings.put(
                                            option.key().replace('-', '.'),
                                            SecretText.value(secret)));
        }
        return !settings.isEmpty();
    }

    private void putLogin(Credentials login) {
        SaslMechanism mechanism = request.options().get(KafkaOptions.SASL_MECHANISM);
        settings.put(SaslConfigs.SASL_MECHANISM, mechanism.kafkaName());
        switch (mechanism) {
            case PLAIN -> putJaas(login, PlainLoginModule.class);
            case SCRAM_SHA_256, SCRAM_SHA_512 -> putJaas(login, ScramLoginModule.class);
            case GSSAPI -> {
                if (!login.isEmpty()) {
                    conflict(
                            "GSSAPI takes no user name and password.",
                            "Set security.kerberos.login.keytab, .principal and"
                                    + " .contexts=KafkaClient in Flink's configuration.");
                }
            }
            case OAUTHBEARER ->
                    problems.add(
                            Problem.of(
                                            ErrorCode.OPTION_NOT_BUILT,
                                            "sasl-mechanism OAUTHBEARER is not built yet in this"
                                                    + " version of Velo.")
                                    .at(Redacted.uri(request))
                                    .remedy("Use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or GSSAPI."));
        }
    }

    /** The class is named by itself: in the bundle Kafka's packages have other names. */
    private void putJaas(Credentials login, Class<?> module) {
        if (login.user().isEmpty() || !login.hasPassword()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_MISSING,
                                    "The login lacks "
                                            + (login.user().isEmpty() ? "'username'" : "'password'")
                                            + ".")
                            .at(Redacted.uri(request))
                            .remedy(
                                    "Give 'username' and 'password', the password best as a"
                                            + " reference such as ${env:VELO_PASSWORD}."));
            return;
        }
        settings.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                module.getName()
                        + " required username=\""
                        + SecretConfigProvider.escape(login.user())
                        + "\" password=\""
                        + SecretText.jaasValue(login.password())
                        + "\";");
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }
}
