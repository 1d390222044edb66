// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.option;

import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.uri.ParameterName;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * One setting of a scheme, declared once: name, type, default, role, description. It is reachable
 * as a URI parameter ({@code batch_size}) and as a WITH option ({@code batch-size}); validation,
 * error texts, {@code velo schemes} and the tables of the documentation come from here. Immutable,
 * therefore thread-safe.
 *
 * @param <T> the Java type of the value
 */
public final class SchemeOption<T> {

    private final String key;
    private final ValueKind<T> kind;
    private final T defaultValue;
    private final String defaultInWords;
    private final OptionRole role;
    private final List<String> aliases;
    private final String description;

    private SchemeOption(
            String key,
            ValueKind<T> kind,
            T defaultValue,
            String defaultInWords,
            OptionRole role,
            List<String> aliases,
            String description) {
        this.key = key;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.defaultInWords = defaultInWords;
        this.role = role;
        this.aliases = aliases;
        this.description = description;
    }

    /**
     * An option for reading and writing, without a default.
     *
     * @param key the WITH spelling, lower case with hyphens and dots
     * @param description one or more sentences, each ending with a full stop
     */
    public static <T> SchemeOption<T> of(String key, ValueKind<T> kind, String description) {
        return new SchemeOption<>(key, kind, null, "", OptionRole.BOTH, List.of(), description);
    }

    /** The same option with a default. */
    public SchemeOption<T> defaultValue(T value) {
        return new SchemeOption<>(key, kind, value, defaultInWords, role, aliases, description);
    }

    /** The same option with a default that is not one value, in words for the documentation. */
    public SchemeOption<T> defaultInWords(String words) {
        return new SchemeOption<>(key, kind, defaultValue, words, role, aliases, description);
    }

    /** The same option, for reading only. */
    public SchemeOption<T> forSource() {
        return new SchemeOption<>(
                key, kind, defaultValue, defaultInWords, OptionRole.SOURCE, aliases, description);
    }

    /** The same option, for writing only. */
    public SchemeOption<T> forSink() {
        return new SchemeOption<>(
                key, kind, defaultValue, defaultInWords, OptionRole.SINK, aliases, description);
    }

    /** The same option with other names that the specification uses for it. */
    public SchemeOption<T> aliases(String... names) {
        return new SchemeOption<>(
                key, kind, defaultValue, defaultInWords, role, List.of(names), description);
    }

    /** The same option with a description for this scheme. */
    public SchemeOption<T> describedAs(String words) {
        return new SchemeOption<>(key, kind, defaultValue, defaultInWords, role, aliases, words);
    }

    /** The WITH spelling. */
    public String key() {
        return key;
    }

    /** The URI spelling. */
    public String parameterName() {
        return key.replace('.', '_').replace('-', '_');
    }

    /** The spelling in which names are compared. */
    public String foldedName() {
        return ParameterName.fold(key);
    }

    /** Other names of this option. */
    public List<String> aliases() {
        return aliases;
    }

    /** The type of the value. */
    public ValueKind<T> kind() {
        return kind;
    }

    /** The default, if there is one. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The default as the documentation prints it. */
    public String printedDefault() {
        if (!defaultInWords.isEmpty()) {
            return defaultInWords;
        }
        return defaultValue == null ? "none" : ValueKind.print(defaultValue);
    }

    /** For which use of a table the option has a meaning. */
    public OptionRole role() {
        return role;
    }

    /** What the option does. */
    public String description() {
        return description;
    }

    /** Whether the value must never be printed. */
    public boolean isSecret() {
        return kind.type() == Secret.class;
    }

    /** The option as Flink's factories know it: text, read by Velo itself. */
    public ConfigOption<String> configOption() {
        return ConfigOptions.key(key).stringType().noDefaultValue().withDescription(description);
    }

    @Override
    public String toString() {
        return key;
    }
}
