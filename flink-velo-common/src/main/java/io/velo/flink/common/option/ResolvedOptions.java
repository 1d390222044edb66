// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.option;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one use of a table after all sources of values were merged and checked. Immutable,
 * therefore thread-safe. {@code toString()} prints no secret.
 */
public final class ResolvedOptions {

    private final Map<String, Object> values;
    private final Map<String, String> passedThrough;
    private final Credentials credentials;

    /**
     * The options of one table.
     *
     * @param values by folded name, each of its option's Java type
     * @param passedThrough by the receiver's name
     */
    public ResolvedOptions(
            Map<String, Object> values,
            Map<String, String> passedThrough,
            Credentials credentials) {
        this.values = Map.copyOf(values);
        this.passedThrough = Map.copyOf(passedThrough);
        this.credentials = credentials;
    }

    /** No options at all: every option has its default. */
    public static ResolvedOptions none() {
        return new ResolvedOptions(Map.of(), Map.of(), Credentials.NONE);
    }

    /**
     * The value of an option that has a default or was given.
     *
     * @throws IllegalStateException if it has neither: the caller must use {@link #find}
     */
    public <T> T get(SchemeOption<T> option) {
        return find(option)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Option " + option.key() + " has no value."));
    }

    /** The value of an option: the given one, else the default, else nothing. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(SchemeOption<T> option) {
        Object value = values.get(option.foldedName());
        return value != null ? Optional.of((T) value) : option.defaultValue();
    }

    /** Whether the user gave this option, as against a default. */
    public boolean isSet(SchemeOption<?> option) {
        return values.containsKey(option.foldedName());
    }

    /**
     * Options that are not the scheme's own but handed on, such as {@code json.x} or a Kafka client
     * key, under the names in which the receiver knows them.
     */
    public Map<String, String> passedThrough() {
        return passedThrough;
    }

    /** The login, from the URI or from the options. */
    public Credentials credentials() {
        return credentials;
    }

    /** The same options with another login. */
    public ResolvedOptions withCredentials(Credentials other) {
        return new ResolvedOptions(values, passedThrough, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvedOptions that
                && values.equals(that.values)
                && passedThrough.equals(that.passedThrough)
                && credentials.equals(that.credentials);
    }

    @Override
    public int hashCode() {
        return values.hashCode() * 31 + passedThrough.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        values.forEach(
                (name, value) ->
                        text.append(text.length() > 1 ? ", " : "")
                                .append(name)
                                .append('=')
                                .append(value instanceof Secret ? Secret.MASK : value));
        return text.append('}').toString();
    }
}
