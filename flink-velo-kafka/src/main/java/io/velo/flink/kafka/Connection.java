// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.References;
import io.velo.flink.common.uri.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of the Kafka clients of one table: brokers, security, and the client keys that the
 * user handed on. Secrets that are references are in it as variables. Not thread-safe.
 */
final class Connection {

    /** A host with a port, as against a bare IPv6 address. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[.*]|[^:]*):[0-9]+");

    private final TableRequest request;
    private final Problems problems;

    Connection(TableRequest request, Problems problems) {
        this.request = request;
        this.problems = problems;
    }

    /** The settings of a reading client and of the one that finds partitions for it. */
    Map<String, String> forSource() {
        return settings(List.of(ConsumerConfig.configDef(), AdminClientConfig.configDef()));
    }

    /** The settings of a writing client. */
    Map<String, String> forSink() {
        return settings(List.of(ProducerConfig.configDef()));
    }

    /** The settings of a client that asks for topics. */
    Map<String, String> forAdministration() {
        return settings(List.of(AdminClientConfig.configDef()));
    }

    private Map<String, String> settings(List<ConfigDef> clients) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", brokers(request, problems)));
        settings.putAll(Security.settings(request, problems));
        putClientKeys(clients, settings);
        if (settings.values().stream().anyMatch(SecretText::hasVariable)) {
            settings.putAll(SecretText.providerSettings());
        }
        return settings;
    }

    /** The brokers with their ports; a reference in the place of a host may stand for several. */
    static List<String> brokers(TableRequest request, Problems problems) {
        List<String> brokers = new ArrayList<>();
        for (HostPort host : request.uri().hosts()) {
            HostPort complete = host.orPort(KafkaSpec.DEFAULT_PORT);
            if (!References.isReference(host.host())) {
                brokers.add(complete.toString());
                continue;
            }
            for (String part : Topics.split(References.resolve(host.host()))) {
                brokers.add(
                        HOST_AND_PORT.matcher(part).matches()
                                ? part
                                : new HostPort(part, complete.port()).toString());
            }
        }
        if (brokers.isEmpty()) {
            problems.add(
                    Problem.of(ErrorCode.URI_NO_OBJECT, "The URI names no broker.")
                            .at(Redacted.uri(request))
                            .remedy("Write kafka://host:9092/topic."));
        }
        return brokers;
    }

    /**
     * A key that only the other role's client has is left out: the same table may be read and
     * written.
     */
    private void putClientKeys(List<ConfigDef> clients, Map<String, String> settings) {
        request.options()
                .passedThrough()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(ClientKeys.PREFIX)) {
                                return;
                            }
                            String key = name.substring(ClientKeys.PREFIX.length());
                            declaration(key, clients)
                                    .ifPresent(
                                            declared -> {
                                                check(declared, value);
                                                settings.put(key, value);
                                            });
                        });
    }

    private static Optional<ConfigDef.ConfigKey> declaration(String key, List<ConfigDef> clients) {
        return clients.stream()
                .map(client -> client.configKeys().get(key))
                .filter(declared -> declared != null)
                .findFirst();
    }

    private void check(ConfigDef.ConfigKey declared, String value) {
        try {
            Object parsed = ConfigDef.parseType(declared.name, value, declared.type);
            if (declared.validator != null) {
                declared.validator.ensureValid(declared.name, parsed);
            }
        } catch (ConfigException e) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "Option '"
                                            + declared.name.replace('.', '_')
                                            + "' has a value that Kafka's client refuses: "
                                            + e.getMessage()
                                            + ".")
                            .at(Redacted.uri(request)));
        }
    }

    /** Warns of values that Kafka accepts and that are probably mistakes. */
    static void warn(TableRequest request, Map<String, String> settings) {
        for (HostPort host : request.uri().hosts()) {
            if (host.hasPort() && host.port() < 1024) {
                request.warn(
                        Problem.of(
                                        ErrorCode.OPTION_VALUE,
                                        "Broker port " + host.port() + " is below 1024.")
                                .at(Redacted.uri(request)));
            }
        }
        String session = settings.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        if (session != null
                && (Long.parseLong(session) < 6_000 || Long.parseLong(session) > 300_000)) {
            request.warn(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "session_timeout_ms is "
                                            + session
                                            + ", outside of 6000 to 300000, what brokers allow.")
                            .at(Redacted.uri(request)));
        }
        String acks = settings.get(ProducerConfig.ACKS_CONFIG);
        if (acks != null && !Set.of("all", "-1").contains(acks)) {
            request.warn(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "acks=" + acks + " can lose rows when a broker fails.")
                            .at(Redacted.uri(request))
                            .remedy("Leave it out; the default is all."));
        }
    }
}
