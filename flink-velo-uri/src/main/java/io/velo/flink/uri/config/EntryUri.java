// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.config;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.uri.ParameterName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The URI of a named source: written as such, or as {@code type} with the parts that the scheme
 * names, such as {@code brokers} and {@code topic}. Immutable, therefore thread-safe.
 *
 * @param uri the text of the URI
 * @param options the options of the entry that are not part of the URI
 */
public record EntryUri(String uri, Map<String, String> options) {

    private static final Set<String> URI_KEYS = Set.of("uri", "url", "connection-string");

    /**
     * Takes the URI out of an entry.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CFG-003} if the entry holds
     *     neither a URI nor a type
     */
    public static EntryUri of(String name, Map<String, String> entry, SchemeRegistry registry) {
        Map<String, String> rest = new LinkedHashMap<>(entry);
        for (String key : entry.keySet()) {
            if (URI_KEYS.contains(ParameterName.fold(key))) {
                return new EntryUri(rest.remove(key), rest);
            }
        }
        String type = rest.remove("type");
        if (type == null) {
            throw Problem.of(
                            ErrorCode.CONFIG_ENTRY,
                            "The named source '" + name + "' has neither 'uri' nor 'type'.")
                    .remedy("Write " + name + ": {uri: \"kafka://host:9092/topic\"}.")
                    .toException();
        }
        SchemeSpec spec = registry.get(type.toLowerCase(Locale.ROOT)).spec();
        return new EntryUri(assemble(name, type, spec, rest), rest);
    }

    private static String assemble(
            String name, String type, SchemeSpec spec, Map<String, String> rest) {
        String hosts = rest.remove(spec.entryForm().hostKey());
        String port = rest.remove("port");
        String path = rest.remove(spec.entryForm().pathKey());
        if (hosts == null) {
            throw Problem.of(
                            ErrorCode.CONFIG_ENTRY,
                            "The named source '"
                                    + name
                                    + "' of type '"
                                    + type
                                    + "' has no '"
                                    + spec.entryForm().hostKey()
                                    + "'.")
                    .toException();
        }
        StringBuilder uri = new StringBuilder(type).append("://").append(hosts);
        if (port != null) {
            uri.append(':').append(port);
        }
        if (path != null) {
            uri.append('/').append(path);
        }
        return uri.toString();
    }
}
