// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.secret.References;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Resolves Velo's references inside the configuration of a Kafka client: the path is the kind of
 * reference ({@code env} or {@code file}), the key its name. The operator's allow-list holds here
 * as everywhere. Kafka creates it by reflection, one per client; it is not thread-safe and need not
 * be.
 */
public final class SecretConfigProvider implements ConfigProvider {

    /** The parameter that asks for values as they stand between quotes in a JAAS text. */
    static final String JAAS = "jaas";

    private boolean jaas;

    @Override
    public void configure(Map<String, ?> parameters) {
        jaas = "true".equals(parameters.get(JAAS));
    }

    /** A reference has a name: nothing is found under a path alone. */
    @Override
    public ConfigData get(String path) {
        return new ConfigData(Map.of());
    }

    /**
     * The values of references.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SEC-001} or {@code VELO-SEC-002}
     *     if one may not be read or points to nothing
     */
    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String key : keys) {
            String value = References.resolve("${" + path + ":" + key + "}");
            values.put(key, jaas ? escape(value) : value);
        }
        return new ConfigData(values);
    }

    @Override
    public void close() {}

    /** Escapes what would end a quoted text of a JAAS configuration or mean something in it. */
    static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
