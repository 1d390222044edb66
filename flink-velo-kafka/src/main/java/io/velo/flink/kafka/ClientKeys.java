// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.uri.ParameterName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The settings of Kafka's own clients that a user may hand on: those that the client library
 * declares, except the ones that name classes, run programs, open other connections, switch off a
 * check, or are governed by an option of Velo. Stateless, therefore thread-safe.
 */
final class ClientKeys {

    /** What options handed on start with in Flink's Kafka connector. */
    static final String PREFIX = "properties.";

    /**
     * Refused although declared. Settings whose values are classes or secrets are refused by their
     * type and need not stand here.
     */
    private static final Set<String> REFUSED =
            Set.of(
                    // Name classes, or providers of classes.
                    "interceptor.classes",
                    "metric.reporters",
                    "partition.assignment.strategy",
                    "config.providers",
                    "security.providers",
                    "ssl.provider",
                    "ssl.trustmanager.algorithm",
                    "ssl.keymanager.algorithm",
                    "ssl.secure.random.implementation",
                    // Runs a program.
                    "sasl.kerberos.kinit.cmd",
                    // An empty value switches off the check of the server's name.
                    "ssl.endpoint.identification.algorithm",
                    // Governed by Velo or by Flink.
                    "bootstrap.servers",
                    "bootstrap.controllers",
                    "group.id",
                    "group.instance.id",
                    "security.protocol",
                    "sasl.mechanism",
                    "batch.size",
                    "transactional.id",
                    "transaction.two.phase.commit.enable",
                    "enable.auto.commit",
                    "auto.commit.interval.ms",
                    "share.acknowledgement.mode",
                    "share.acquire.mode");

    private static final Map<String, String> BY_FOLDED_NAME = new TreeMap<>();

    static {
        for (ConfigDef declared :
                new ConfigDef[] {
                    ConsumerConfig.configDef(),
                    ProducerConfig.configDef(),
                    AdminClientConfig.configDef()
                }) {
            declared.configKeys().values().stream()
                    .filter(ClientKeys::isAllowed)
                    .forEach(key -> BY_FOLDED_NAME.put(ParameterName.fold(key.name), key.name));
        }
    }

    private ClientKeys() {}

    private static boolean isAllowed(ConfigDef.ConfigKey key) {
        return key.type != ConfigDef.Type.CLASS
                && key.type != ConfigDef.Type.PASSWORD
                && !REFUSED.contains(key.name)
                && !key.name.startsWith("sasl.oauthbearer.")
                && !key.name.startsWith("internal.");
    }

    /** The name in Flink's connector of a setting that may be handed on. */
    static Optional<String> target(String name) {
        return Optional.ofNullable(BY_FOLDED_NAME.get(ParameterName.fold(name)))
                .map(PREFIX::concat);
    }

    /** All settings that may be handed on, by Kafka's names. */
    static Set<String> allowed() {
        return Set.copyOf(BY_FOLDED_NAME.values());
    }
}
