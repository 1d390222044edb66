// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.References;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.common.uri.ParameterName;
import io.velo.flink.common.uri.VeloUri;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges what the user gave for one table into {@link ResolvedOptions} and reports every problem at
 * once: unknown names with the nearest one, values that do not parse with the allowed ones, options
 * that are not built yet, options of the wrong role, names given twice.
 *
 * <p>Order, strongest first: WITH {@code source.x} or {@code sink.x}, WITH {@code x}, URI
 * parameter, named source with the role's prefix, named source. Not thread-safe; one per table.
 */
public final class OptionResolver {

    private final SchemeSpec spec;
    private final OptionRole role;
    private final Problems problems;
    private final Map<String, SchemeOption<?>> optionsByName = new HashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> passedThrough = new LinkedHashMap<>();
    private String uriText = "";

    private OptionResolver(SchemeSpec spec, OptionRole role, Problems problems) {
        this.spec = spec;
        this.role = role;
        this.problems = problems;
        for (SchemeOption<?> option : spec.options()) {
            optionsByName.put(option.foldedName(), option);
            option.aliases().forEach(alias -> optionsByName.put(fold(alias), option));
        }
    }

    /**
     * The options of one table in one role.
     *
     * @param role {@link OptionRole#SOURCE} or {@link OptionRole#SINK}
     * @throws io.velo.flink.common.error.VeloException with all problems
     */
    public static ResolvedOptions resolve(SchemeSpec spec, OptionSources sources, OptionRole role) {
        Problems problems = new Problems();
        ResolvedOptions resolved = new OptionResolver(spec, role, problems).merge(sources);
        problems.throwIfAny();
        return resolved;
    }

    private ResolvedOptions merge(OptionSources sources) {
        VeloUri uri = sources.uri();
        uriText = uri.redacted(spec::isSecret);
        // Weakest first: what comes later replaces what came before.
        take(Layer.of("config-file entry", sources.entry()));
        Layer uriLayer = new Layer("uri");
        uri.parameters().forEach(p -> uriLayer.add(p.name(), p.value(), problems));
        take(uriLayer);
        take(Layer.of("WITH", sources.with()));
        return new ResolvedOptions(values, passedThrough, credentials(uri));
    }

    private void take(Layer layer) {
        takeAll(layer, layer.plain(), role);
        for (OptionRole prefix : List.of(OptionRole.SOURCE, OptionRole.SINK)) {
            takeAll(layer, layer.prefixed(prefix, optionsByName.keySet()), prefix);
        }
    }

    /** Two names of one option in one place contradict each other: neither is the stronger. */
    private void takeAll(Layer layer, Map<String, Layer.Given> given, OptionRole use) {
        Map<SchemeOption<?>, String> names = new HashMap<>();
        given.forEach(
                (folded, one) -> {
                    SchemeOption<?> option = optionsByName.get(folded);
                    String before = option == null ? null : names.put(option, one.name());
                    if (before == null) {
                        takeOne(layer, folded, one, use);
                    } else {
                        problems.add(
                                Problem.of(
                                                ErrorCode.URI_DUPLICATE_PARAMETER,
                                                "'"
                                                        + before
                                                        + "' and '"
                                                        + one.name()
                                                        + "' are the same option, given twice.")
                                        .at(layer.where(uriText))
                                        .remedy("Keep one of them."));
                    }
                });
    }

    /**
     * @param use the role that a prefix names, or the table's own role
     */
    private void takeOne(Layer layer, String folded, Layer.Given given, OptionRole use) {
        SchemeOption<?> option = optionsByName.get(folded);
        if (option == null) {
            unknown(layer, folded, given, use);
            return;
        }
        if (given.isPrefixed() && !option.role().covers(use)) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_ROLE,
                                    "Option '"
                                            + given.name()
                                            + "' has no meaning: '"
                                            + option.key()
                                            + "' is an option for "
                                            + (use == OptionRole.SOURCE ? "writing" : "reading")
                                            + " only.")
                            .at(layer.where(uriText))
                            .remedy("Remove it, or write '" + option.key() + "'."));
            return;
        }
        Object value = parse(layer, option, given);
        if (value != null && use == role) {
            values.put(option.foldedName(), value);
        }
    }

    private Object parse(Layer layer, SchemeOption<?> option, Layer.Given given) {
        try {
            return option.kind()
                    .parse(option.isSecret() ? given.value() : References.resolve(given.value()));
        } catch (io.velo.flink.common.error.VeloException e) {
            problems.addAll(e);
        } catch (RuntimeException e) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "Option '"
                                            + given.name()
                                            + "' is '"
                                            + shown(option, given)
                                            + "'; it must be "
                                            + option.kind().allowed()
                                            + ".")
                            .at(layer.where(uriText)));
        }
        return null;
    }

    private static String shown(SchemeOption<?> option, Layer.Given given) {
        String value = option.isSecret() ? Secret.MASK : given.value();
        return value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }

    private void unknown(Layer layer, String folded, Layer.Given given, OptionRole use) {
        Optional<String> handedOn = spec.passThroughName(given.bareName());
        if (handedOn.isPresent()) {
            if (use == role) {
                passedThrough.put(handedOn.get(), References.resolve(given.value()));
            }
        } else if (spec.isNotBuilt(folded)) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_NOT_BUILT,
                                    "Option '"
                                            + given.name()
                                            + "' of scheme '"
                                            + spec.name()
                                            + "' is not built yet in this version of Velo.")
                            .at(layer.where(uriText))
                            .remedy(
                                    "Remove it. What is missing is listed in "
                                            + spec.page()
                                            + "."));
        } else {
            problems.add(unknownName(layer, given));
        }
    }

    private Problem unknownName(Layer layer, Layer.Given given) {
        boolean inUri = layer.isUri();
        List<String> known =
                spec.options().stream()
                        .map(o -> inUri ? o.parameterName() : o.key())
                        .sorted()
                        .toList();
        String name = given.name().length() > 60 ? given.name().substring(0, 60) : given.name();
        List<String> near = NearestMatch.of(given.bareName(), known);
        String question =
                near.isEmpty() ? "" : " Did you mean '" + String.join("' or '", near) + "'?";
        return Problem.of(
                        ErrorCode.URI_UNKNOWN_PARAMETER,
                        "Scheme '"
                                + spec.name()
                                + "' has no "
                                + (inUri ? "parameter '" : "option '")
                                + name
                                + "'."
                                + question)
                .at(layer.where(uriText))
                .remedy("Use one of: " + String.join(", ", known) + ". See " + spec.page() + ".");
    }

    private Credentials credentials(VeloUri uri) {
        Optional<Object> user = value(CommonOptions.USERNAME);
        Optional<Object> password = value(CommonOptions.PASSWORD);
        if (!uri.hasCredentials()) {
            return new Credentials(
                    user.map(Object::toString).orElse(""),
                    password.map(p -> (Secret) p).orElse(Secret.of("")));
        }
        if (user.isPresent() || password.isPresent()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "The login is given twice: in the URI and as 'username' or"
                                            + " 'password'.")
                            .at(uriText)
                            .remedy("Keep the options and remove user:password@ from the URI."));
        }
        return new Credentials(
                References.resolve(uri.user().orElse("")), uri.password().orElse(Secret.of("")));
    }

    private Optional<Object> value(SchemeOption<?> option) {
        return Optional.ofNullable(values.get(option.foldedName()));
    }

    private static String fold(String name) {
        return ParameterName.fold(name);
    }
}
