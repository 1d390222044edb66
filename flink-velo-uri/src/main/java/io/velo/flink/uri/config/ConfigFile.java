// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.config;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.text.NearestMatch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A config file with named sources, read once with everything it extends. Immutable, therefore
 * thread-safe.
 *
 * <p>Nested maps of an entry become dotted keys, lists become texts separated by commas; a map
 * {@code source} or {@code sink} thereby means the role's prefix.
 */
public final class ConfigFile {

    private static final String SOURCES = "data_sources";

    private final Path path;
    private final Map<String, Map<String, String>> entries;

    private ConfigFile(Path path, Map<String, Map<String, String>> entries) {
        this.path = path;
        this.entries = entries;
    }

    /**
     * Reads a file and what it extends.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CFG-001} if a file cannot be
     *     read or is malformed, {@code VELO-CFG-002} if files extend each other in a circle
     */
    public static ConfigFile read(String file) {
        Path path = Path.of(file.startsWith("file://") ? file.substring(7) : file);
        Map<String, Object> document = new ConfigFileReader().read(path);
        Map<String, Map<String, String>> entries = new LinkedHashMap<>();
        Object sources = document.getOrDefault(SOURCES, Map.of());
        if (!(sources instanceof Map<?, ?> map)) {
            throw Problem.of(
                            ErrorCode.CONFIG_FILE,
                            "'" + SOURCES + "' is not a map of named sources.")
                    .at(path.toString())
                    .toException();
        }
        map.forEach(
                (name, entry) -> entries.put(String.valueOf(name), flatEntry(path, name, entry)));
        return new ConfigFile(path, entries);
    }

    /** The names of all entries, in the order of the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Whether there is an entry of this name. */
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * The options of an entry, its URI or the parts of its URI included.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CFG-003} if there is none
     */
    public Map<String, String> entry(String name) {
        Map<String, String> entry = entries.get(name);
        if (entry == null) {
            List<String> near = NearestMatch.of(name, names());
            throw Problem.of(
                            ErrorCode.CONFIG_ENTRY,
                            "There is no named source '"
                                    + name
                                    + "'."
                                    + (near.isEmpty()
                                            ? ""
                                            : " Did you mean '"
                                                    + String.join("' or '", near)
                                                    + "'?"))
                    .at(path.toString())
                    .remedy("Named sources: " + String.join(", ", names()) + ".")
                    .toException();
        }
        return entry;
    }

    private static Map<String, String> flatEntry(Path path, Object name, Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw Problem.of(
                            ErrorCode.CONFIG_ENTRY, "The named source '" + name + "' is not a map.")
                    .at(path.toString())
                    .remedy("Write it as " + name + ": {uri: \"kafka://host:9092/topic\"}.")
                    .toException();
        }
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", map, flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat) {
        map.forEach(
                (key, value) -> {
                    String name = prefix + key;
                    if (value instanceof Map<?, ?> nested) {
                        flatten(name + ".", nested, flat);
                    } else if (value instanceof List<?> list) {
                        flat.put(
                                name,
                                String.join(",", list.stream().map(String::valueOf).toList()));
                    } else if (value != null) {
                        flat.put(name, String.valueOf(value));
                    }
                });
    }
}
