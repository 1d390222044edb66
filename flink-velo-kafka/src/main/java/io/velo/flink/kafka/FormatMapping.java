// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.common.uri.ParameterName;
import io.velo.flink.kafka.FormatKeys.FormatKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/**
 * Turns the formats of key and value and their options into options of Flink's Kafka connector. The
 * formats are Flink's own, found on the class path. Not thread-safe.
 */
final class FormatMapping {

    private static final String TIMESTAMP_FORMAT = "timestamp-format.standard";

    private static final List<SchemeOption<?>> REGISTRY_OPTIONS =
            List.of(
                    KafkaOptions.SCHEMA_REGISTRY,
                    KafkaOptions.REGISTRY_USER_INFO,
                    KafkaOptions.REGISTRY_TOKEN);

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    /**
     * A mapping for one table.
     *
     * @param target takes the options
     */
    FormatMapping(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    /** Adds the format of the value and, if there is one, of the key. */
    void map(KafkaFormat value, Optional<KafkaFormat> key) {
        Optional<EventTime> eventTime = EventTime.of(request, value, problems);
        String valueName =
                eventTime.map(any -> EventTimeFormatFactory.IDENTIFIER).orElse(value.identifier());
        Set<FormatKey> used = new HashSet<>(side("value", value, valueName));
        eventTime.ifPresent(time -> time.putOptions("value." + valueName + ".", target));
        key.ifPresent(format -> used.addAll(side("key", format, format.identifier())));
        for (FormatKey given : given()) {
            if (!used.contains(given)) {
                conflict(
                        "Option '"
                                + given.print()
                                + "' is one of a format that the table does not"
                                + " have.",
                        "The value is "
                                + value.identifier()
                                + key.map(f -> ", the key is " + f.identifier()).orElse("")
                                + ".");
            }
        }
        boolean registry = value.needsRegistry() || key.filter(f -> f.needsRegistry()).isPresent();
        for (SchemeOption<?> option : REGISTRY_OPTIONS) {
            if (!registry && request.options().isSet(option)) {
                conflict(
                        "Option '"
                                + option.key()
                                + "' has no meaning without a format that asks a"
                                + " registry.",
                        "Use format=avro, or remove the option.");
            }
        }
    }

    private List<FormatKey> given() {
        return request.options().passedThrough().keySet().stream()
                .filter(name -> !name.startsWith(ClientKeys.PREFIX))
                .map(FormatKey::parse)
                .toList();
    }

    /**
     * Adds the format of one side. An option that names no side counts for both if both have its
     * format.
     *
     * @param name the identifier of the factory that is used, which may wrap the format
     * @return the given options that belong to this side
     */
    private List<FormatKey> side(String side, KafkaFormat format, String name) {
        target.put(side + ".format", name);
        String prefix = side + "." + name + ".";
        if (format == KafkaFormat.JSON) {
            target.put(prefix + TIMESTAMP_FORMAT, "ISO-8601");
        }
        if (format.needsRegistry()) {
            registry(format, prefix);
        }
        List<FormatKey> mine =
                given().stream()
                        .filter(key -> key.format().equals(format.identifier()))
                        .filter(key -> key.side().isEmpty() || key.side().equals(side))
                        .toList();
        factory(format).ifPresent(factory -> options(mine, knownOptions(factory), prefix));
        return mine;
    }

    private void options(List<FormatKey> mine, Map<String, String> known, String prefix) {
        for (FormatKey key : mine) {
            String option = known.get(key.option());
            if (option == null) {
                unknown(key, known);
            } else {
                target.put(prefix + option, request.options().passedThrough().get(key.print()));
            }
        }
    }

    private void conflict(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(Redacted.uri(request))
                        .remedy(remedy));
    }

    private void unknown(FormatKey key, Map<String, String> known) {
        problems.add(
                Problem.of(
                                ErrorCode.URI_UNKNOWN_PARAMETER,
                                "Format '"
                                        + key.format()
                                        + "' has no option '"
                                        + key.option()
                                        + "'."
                                        + NearestMatch.question(key.option(), known.keySet()))
                        .at(Redacted.uri(request))
                        .remedy(
                                "Use one of: "
                                        + String.join(
                                                ", ", known.values().stream().sorted().toList())
                                        + "."));
    }

    private void registry(KafkaFormat format, String prefix) {
        Optional<String> url = request.options().find(KafkaOptions.SCHEMA_REGISTRY);
        if (url.isEmpty()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_MISSING,
                                    "Format '" + format.identifier() + "' needs a schema registry.")
                            .at(Redacted.uri(request))
                            .remedy("Add schema_registry=http://registry:8081."));
            return;
        }
        target.put(prefix + "url", url.get());
        request.options()
                .find(KafkaOptions.REGISTRY_USER_INFO)
                .ifPresent(
                        login -> {
                            target.put(prefix + "basic-auth.credentials-source", "USER_INFO");
                            target.put(prefix + "basic-auth.user-info", login.reveal());
                        });
        request.options()
                .find(KafkaOptions.REGISTRY_TOKEN)
                .ifPresent(
                        token -> {
                            target.put(prefix + "bearer-auth.credentials-source", "STATIC_TOKEN");
                            target.put(prefix + "bearer-auth.token", token.reveal());
                        });
    }

    private Optional<Factory> factory(KafkaFormat format) {
        Class<? extends Factory> type =
                request.role() == OptionRole.SINK
                        ? SerializationFormatFactory.class
                        : DeserializationFormatFactory.class;
        try {
            return Optional.of(
                    FactoryUtil.discoverFactory(request.classLoader(), type, format.identifier()));
        } catch (ValidationException e) {
            problems.add(
                    Problem.of(
                                    ErrorCode.CAPABILITY_COMBINATION,
                                    "Format '"
                                            + format.identifier()
                                            + "' is not on the class path.")
                            .at(Redacted.uri(request))
                            .remedy(
                                    "Put "
                                            + format.artifact()
                                            + "-"
                                            + EnvironmentInformation.getVersion()
                                            + ".jar into Flink's lib folder."));
            return Optional.empty();
        }
    }

    /** The options of a format by folded name, without those that hold a secret. */
    private static Map<String, String> knownOptions(Factory factory) {
        Map<String, String> known = new HashMap<>();
        for (ConfigOption<?> option : factory.requiredOptions()) {
            known.put(ParameterName.fold(option.key()), option.key());
        }
        for (ConfigOption<?> option : factory.optionalOptions()) {
            known.put(ParameterName.fold(option.key()), option.key());
        }
        known.keySet()
                .removeIf(
                        name ->
                                name.contains("password")
                                        || name.contains("user-info")
                                        || name.contains("token")
                                        || name.equals("properties"));
        return known;
    }
}
