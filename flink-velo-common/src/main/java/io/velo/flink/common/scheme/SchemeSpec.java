// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.uri.ParameterName;
import io.velo.flink.common.uri.SecretNames;
import io.velo.flink.common.uri.UriForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything about a scheme that can be said in data: its names, the form of its URIs, its options,
 * examples and promises. Validation, suggestions, {@code velo schemes}, the tables of the
 * documentation and the contract tests come from here. Immutable, therefore thread-safe.
 */
public final class SchemeSpec {

    /**
     * An example that the contract suite plans.
     *
     * @param uri a URI that the scheme accepts
     * @param sentence what it does
     */
    public record Example(String uri, String sentence) {}

    /**
     * Options that are handed on and not the scheme's own.
     *
     * @param words which ones, for the documentation
     * @param target the receiver's name of an option, or nothing if it is not handed on
     */
    public record PassThrough(String words, Function<String, Optional<String>> target) {}

    /**
     * How a named source of a config file spells the parts of the URI.
     *
     * @param hostKey the key of the hosts or the bucket, such as "brokers"
     * @param pathKey the key of the path, such as "topic"
     */
    public record EntryForm(String hostKey, String pathKey) {}

    private final Builder parts;
    private final Set<String> secretNames = new HashSet<>();
    private final Set<String> openNames = new HashSet<>();
    private final List<SchemeOption<?>> options;

    private SchemeSpec(Builder parts) {
        this.parts = parts;
        List<SchemeOption<?>> all = new ArrayList<>(parts.options);
        all.addAll(CommonOptions.FRONT_DESK);
        this.options = List.copyOf(all);
        for (SchemeOption<?> option : options) {
            Set<String> names = option.isSecret() ? secretNames : openNames;
            names.add(option.foldedName());
            option.aliases().forEach(alias -> names.add(ParameterName.fold(alias)));
        }
    }

    /** Starts the spec of a scheme with its names, the canonical one first. */
    public static Builder of(String name, String... aliases) {
        return new Builder(name, aliases);
    }

    /** The canonical name. */
    public String name() {
        return parts.names.get(0);
    }

    /** All names, the canonical one first, all in lower case. */
    public List<String> names() {
        return List.copyOf(parts.names);
    }

    /** What it is, in one sentence. */
    public String summary() {
        return parts.summary;
    }

    /** The form of its URIs. */
    public UriForm form() {
        return parts.form;
    }

    /** The port where a host has none. */
    public OptionalInt defaultPort() {
        return parts.defaultPort;
    }

    /** How a named source spells the parts of the URI. */
    public EntryForm entryForm() {
        return parts.entryForm;
    }

    /** The scheme's own options followed by those of the front desk. */
    public List<SchemeOption<?>> options() {
        return options;
    }

    /** The scheme's own options. */
    public List<SchemeOption<?>> ownOptions() {
        return List.copyOf(parts.options);
    }

    /** Options of the product that this version of the scheme does not have. */
    public List<String> notBuilt() {
        return List.copyOf(parts.notBuilt);
    }

    /** What is handed on. */
    public List<PassThrough> passThroughs() {
        return List.copyOf(parts.passThroughs);
    }

    /** Examples, each of which plans. */
    public List<Example> examples() {
        return List.copyOf(parts.examples);
    }

    /** What a sink of this scheme promises, in a sentence; empty if it has no sink. */
    public String delivers() {
        return parts.delivers;
    }

    /** The page of the documentation. */
    public String page() {
        return "docs/schemes/" + name() + ".md";
    }

    /**
     * Whether the value of a URI parameter or option of this name must never be printed: by its
     * declaration, or, for a name that is not declared, because it sounds like a secret.
     */
    public boolean isSecret(String anySpelling) {
        String folded = ParameterName.fold(anySpelling);
        return secretNames.contains(folded)
                || !openNames.contains(folded) && SecretNames.isSecret(anySpelling);
    }

    /** The receiver's name of an option that is handed on. */
    public Optional<String> passThroughName(String name) {
        return parts.passThroughs.stream()
                .map(passThrough -> passThrough.target().apply(name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether the product has an option of this name that the scheme does not have yet. */
    public boolean isNotBuilt(String foldedName) {
        return matches(parts.notBuilt, foldedName)
                || matches(CommonOptions.NOT_BUILT_UNLESS_LISTED, foldedName);
    }

    private static boolean matches(List<String> names, String foldedName) {
        for (String name : names) {
            boolean prefix = name.endsWith(".");
            String folded =
                    ParameterName.fold(prefix ? name.substring(0, name.length() - 1) : name);
            if (prefix ? foldedName.startsWith(folded + "-") : foldedName.equals(folded)) {
                return true;
            }
        }
        return false;
    }

    /** Builds a spec. Not thread-safe. */
    public static final class Builder {

        private final List<String> names = new ArrayList<>();
        private String summary = "";
        private UriForm form = UriForm.SERVER;
        private OptionalInt defaultPort = OptionalInt.empty();
        private EntryForm entryForm = new EntryForm("host", "database");
        private final List<SchemeOption<?>> options = new ArrayList<>();
        private final List<String> notBuilt = new ArrayList<>();
        private final List<PassThrough> passThroughs = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private String delivers = "";

        private Builder(String name, String... aliases) {
            names.add(name);
            names.addAll(List.of(aliases));
        }

        /** What it is, in one sentence. */
        public Builder summary(String sentence) {
            this.summary = sentence;
            return this;
        }

        /** The form of its URIs; a server unless said otherwise. */
        public Builder form(UriForm uriForm) {
            this.form = uriForm;
            return this;
        }

        /** The port where a host has none. */
        public Builder defaultPort(int port) {
            this.defaultPort = OptionalInt.of(port);
            return this;
        }

        /** How a named source spells hosts and path. */
        public Builder entry(String hostKey, String pathKey) {
            this.entryForm = new EntryForm(hostKey, pathKey);
            return this;
        }

        /** Adds options of the scheme. */
        public Builder options(SchemeOption<?>... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** Adds options that schemes share, such as those about retries. */
        public Builder options(List<SchemeOption<?>> more) {
            options.addAll(more);
            return this;
        }

        /** Adds the login options. */
        public Builder login() {
            return options(CommonOptions.USERNAME, CommonOptions.PASSWORD);
        }

        /**
         * Names options that the product has and this version of the scheme does not; a name that
         * ends with a dot stands for all that start with it.
         */
        public Builder notBuilt(String... optionNames) {
            notBuilt.addAll(List.of(optionNames));
            return this;
        }

        /** Hands options on. */
        public Builder passThrough(String words, Function<String, Optional<String>> target) {
            passThroughs.add(new PassThrough(words, target));
            return this;
        }

        /** Adds an example. */
        public Builder example(String uri, String sentence) {
            examples.add(new Example(uri, sentence));
            return this;
        }

        /** What a sink of this scheme promises, in a sentence. */
        public Builder delivers(String sentence) {
            this.delivers = sentence;
            return this;
        }

        /** The spec. */
        public SchemeSpec build() {
            return new SchemeSpec(this);
        }
    }
}
