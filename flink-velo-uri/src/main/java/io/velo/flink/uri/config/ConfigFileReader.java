// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.config;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a YAML or JSON file (JSON is YAML) and merges what it {@code extends}: maps deeply, the
 * child wins, lists are replaced. Bounded: 64 KiB a file, depth 50, 50 aliases, no tags, no
 * duplicate keys. Not thread-safe; one per reading.
 */
final class ConfigFileReader {

    private static final String EXTENDS = "extends";
    private static final int MAX_BYTES = 64 * 1024;

    private final List<Path> chain = new ArrayList<>();
    private final VariableExpansion expansion = new VariableExpansion(System::getenv);

    Map<String, Object> read(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (chain.contains(path)) {
            throw Problem.of(ErrorCode.CONFIG_CYCLE, "Config files extend each other in a circle.")
                    .at(printed(path))
                    .remedy("Remove one 'extends' of the chain.")
                    .toException();
        }
        chain.add(path);
        Map<String, Object> document = parse(path, text(path));
        Object parent = document.remove(EXTENDS);
        if (parent == null) {
            return document;
        }
        if (!(parent instanceof String parentName)) {
            throw Problem.of(ErrorCode.CONFIG_FILE, "'extends' must be one path.")
                    .at(path.toString())
                    .toException();
        }
        return merge(read(path.resolveSibling(parentName)), document);
    }

    private String text(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw Problem.of(ErrorCode.CONFIG_FILE, "The config file is longer than 64 KiB.")
                        .at(printed(path))
                        .toException();
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw Problem.of(ErrorCode.CONFIG_FILE, "The config file cannot be read.")
                    .at(printed(path))
                    .remedy("Does it exist there, and may this process read it?")
                    .toException(e);
        }
    }

    private Map<String, Object> parse(Path path, String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(50);
        limits.setNestingDepthLimit(50);
        limits.setCodePointLimit(MAX_BYTES);
        try {
            Object document = new Yaml(new SafeConstructor(limits)).load(text);
            if (document == null) {
                return new LinkedHashMap<>();
            }
            if (document instanceof Map<?, ?> map) {
                return expanded(map);
            }
        } catch (YAMLException e) {
            throw Problem.of(ErrorCode.CONFIG_FILE, "The config file is not valid YAML or JSON.")
                    .at(printed(path))
                    .remedy(firstLine(e.getMessage()))
                    .toException();
        }
        throw Problem.of(ErrorCode.CONFIG_FILE, "The config file does not hold a map.")
                .at(printed(path))
                .remedy("Start it with 'data_sources:'.")
                .toException();
    }

    /** The message of the parser without its excerpts of the file, which may hold a secret. */
    private static String firstLine(String message) {
        return message.lines()
                .filter(line -> line.strip().startsWith("in ") || !line.startsWith(" "))
                .limit(4)
                .map(String::strip)
                .collect(Collectors.joining("; "));
    }

    private Map<String, Object> expanded(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(String.valueOf(key), expandedValue(value)));
        return result;
    }

    private Object expandedValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return expanded(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::expandedValue).toList();
        }
        return value instanceof String text ? expansion.expand(text) : value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merge(
            Map<String, Object> parent, Map<String, Object> child) {
        Map<String, Object> merged = new LinkedHashMap<>(parent);
        child.forEach(
                (key, value) -> {
                    Object inherited = merged.get(key);
                    merged.put(
                            key,
                            inherited instanceof Map && value instanceof Map
                                    ? merge(
                                            (Map<String, Object>) inherited,
                                            (Map<String, Object>) value)
                                    : value);
                });
        return merged;
    }

    private String printed(Path path) {
        if (chain.size() == 1 && chain.get(0).equals(path)) {
            return path.toString();
        }
        String extended = chain.stream().map(Path::toString).collect(Collectors.joining(" -> "));
        return chain.get(chain.size() - 1).equals(path) ? extended : extended + " -> " + path;
    }
}
