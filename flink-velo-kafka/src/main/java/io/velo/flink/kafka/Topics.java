// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.References;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topics that a URI names: a list, a pattern, or none. Immutable, therefore thread-safe.
 *
 * @param names the topics in the order written; empty if there is a pattern or nothing
 * @param pattern the pattern, if the topics are given by one
 */
record Topics(List<String> names, Optional<Pattern> pattern) {

    /** Kafka's longest name. */
    private static final int MAX_LENGTH = 249;

    private static final int MAX_PATTERN = 1000;
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Set<String> LEFT_OVER =
            Set.of("default", "test", "temp", "undefined", "null", "example");

    private static final Topics NONE = new Topics(List.of(), Optional.empty());

    Topics {
        names = List.copyOf(names);
    }

    /** The topics of a request; what is wrong with them goes to the problems. */
    static Topics of(TableRequest request, Problems problems) {
        List<String> segments = request.uri().pathSegments();
        Optional<String> option = request.options().find(KafkaOptions.TOPIC);
        if (!segments.isEmpty() && option.isPresent()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "The topic is given twice: in the path and as 'topic'.")
                            .at(Redacted.uri(request))
                            .remedy("Keep one of them."));
            return NONE;
        }
        if (segments.size() > 1) {
            problems.add(
                    Problem.of(
                                    ErrorCode.URI_NO_OBJECT,
                                    "The path has "
                                            + segments.size()
                                            + " parts; a topic has no slash in its name.")
                            .at(Redacted.uri(request))
                            .remedy("Write kafka://host:9092/topic."));
            return NONE;
        }
        String text = option.orElse(segments.isEmpty() ? "" : segments.get(0));
        return parse(References.resolve(text), Redacted.uri(request), problems);
    }

    private static Topics parse(String text, String where, Problems problems) {
        if (text.startsWith("~")) {
            return parsePattern(text.substring(1), where, problems);
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split(",")) {
            String name = part.trim();
            if (!name.isEmpty()) {
                check(name, where, problems);
                names.add(name);
            }
        }
        return new Topics(names, Optional.empty());
    }

    private static Topics parsePattern(String regex, String where, Problems problems) {
        try {
            if (!regex.isEmpty() && regex.length() <= MAX_PATTERN) {
                return new Topics(List.of(), Optional.of(Pattern.compile(regex)));
            }
        } catch (PatternSyntaxException e) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "The topic pattern behind '~' is not a regular expression: "
                                            + e.getDescription()
                                            + ".")
                            .at(where));
            return NONE;
        }
        problems.add(
                Problem.of(
                                ErrorCode.OPTION_VALUE,
                                "The topic pattern behind '~' must have 1 to "
                                        + MAX_PATTERN
                                        + " characters.")
                        .at(where)
                        .remedy("Write a regular expression, such as /~orders-.*"));
        return NONE;
    }

    private static void check(String name, String where, Problems problems) {
        boolean legal = LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
        if (!legal || name.length() > MAX_LENGTH) {
            String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "Topic '" + shown + "' is not a name that Kafka allows.")
                            .at(where)
                            .remedy(
                                    "A topic has 1 to "
                                            + MAX_LENGTH
                                            + " letters, digits, '.', '_' and '-'. A pattern starts"
                                            + " with '~'."));
        }
    }

    boolean isEmpty() {
        return names.isEmpty() && pattern.isEmpty();
    }

    /** Whether exactly one topic is named. */
    boolean isSingle() {
        return names.size() == 1;
    }

    /** Warns of names that look like left over from a trial. */
    void warn(TableRequest request) {
        for (String name : names) {
            if (LEFT_OVER.contains(name)) {
                request.warn(
                        Problem.of(
                                        ErrorCode.OPTION_VALUE,
                                        "The topic is called '"
                                                + name
                                                + "', which is probably a left-over.")
                                .at(Redacted.uri(request)));
            }
        }
    }

    /** Which of these topics are meant; a topic that does not exist is left out. */
    List<String> among(Collection<String> existing) {
        return pattern.map(
                        regex ->
                                existing.stream()
                                        .filter(topic -> regex.matcher(topic).matches())
                                        .sorted()
                                        .toList())
                .orElseGet(() -> names.stream().filter(existing::contains).toList());
    }

    @Override
    public String toString() {
        return pattern.map(regex -> "~" + regex).orElseGet(() -> String.join(",", names));
    }

    /** Splits a list as hosts are written. */
    static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
    }
}
