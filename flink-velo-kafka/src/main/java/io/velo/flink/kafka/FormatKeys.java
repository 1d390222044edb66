// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.ParameterName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognises options of Flink's formats, such as {@code json.ignore-parse-errors} or {@code
 * key_json_ignore_parse_errors}. Which options a format has is only known with its factory at hand,
 * so the part behind the format's name stays folded until {@link FormatMapping}. Stateless,
 * therefore thread-safe.
 */
final class FormatKeys {

    /**
     * An option of a format.
     *
     * @param side {@code key}, {@code value}, or empty for whichever side has the format
     * @param format the format's identifier
     * @param option the folded name of the option behind the format's name
     */
    record FormatKey(String side, String format, String option) {

        String print() {
            return (side.isEmpty() ? "" : side + ".") + format + "." + option;
        }

        static FormatKey parse(String printed) {
            boolean sided = printed.startsWith("key.") || printed.startsWith("value.");
            int format = sided ? printed.indexOf('.') + 1 : 0;
            int option = printed.indexOf('.', format) + 1;
            return new FormatKey(
                    printed.substring(0, Math.max(0, format - 1)),
                    printed.substring(format, option - 1),
                    printed.substring(option));
        }
    }

    /** The longest first, so that {@code avro-confluent} is not taken for {@code avro}. */
    private static final List<String> FORMATS =
            Stream.of(KafkaFormat.values())
                    .map(KafkaFormat::identifier)
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();

    private FormatKeys() {}

    /** The option in the form of {@link FormatKey#print()}, if it is one of a format. */
    static Optional<String> target(String name) {
        String folded = ParameterName.fold(name);
        for (String side : List.of("key", "value")) {
            if (folded.startsWith(side + "-")) {
                return of(side, folded.substring(side.length() + 1));
            }
        }
        return of("", folded);
    }

    /**
     * Refuses a failure strategy for records that the format leaves out silently itself.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002}
     */
    static void refuseSkippedErrors(TableRequest request) {
        if (!request.options().isSet(FailureOptions.STRATEGY)) {
            return;
        }
        request.options()
                .passedThrough()
                .forEach(
                        (name, value) -> {
                            if (name.endsWith(".ignore-parse-errors")
                                    && Boolean.parseBoolean(value)) {
                                throw Problem.of(
                                                ErrorCode.OPTION_CONFLICT,
                                                "Under '"
                                                        + name
                                                        + "'='true' the format hides what cannot be"
                                                        + " read; 'failure.strategy' would never"
                                                        + " see it.")
                                        .at(Redacted.uri(request))
                                        .remedy("Remove one of them.")
                                        .toException();
                            }
                        });
    }

    private static Optional<String> of(String side, String folded) {
        for (String format : FORMATS) {
            if (folded.startsWith(format + "-") && folded.length() > format.length() + 1) {
                String option = folded.substring(format.length() + 1);
                return Optional.of(new FormatKey(side, format, option).print());
            }
        }
        return Optional.empty();
    }
}
