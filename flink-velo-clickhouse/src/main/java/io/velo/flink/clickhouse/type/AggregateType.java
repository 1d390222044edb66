// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an {@code AggregateFunction(…)} is made of. Immutable, therefore thread-safe.
 *
 * @param function the function with its parameters, such as {@code quantiles(0.5, 0.9)}
 * @param arguments the types of its arguments
 */
public record AggregateType(String function, List<ClickHouseType> arguments) {

    public AggregateType {
        arguments = List.copyOf(arguments);
    }

    /** The parts of a column's type, or nothing if it is no AggregateFunction. */
    public static Optional<AggregateType> of(ClickHouseType column) {
        if (column.kind() != TypeKind.STATE) {
            return Optional.empty();
        }
        List<String> parts = TypeText.parse(column.base()).arguments();
        // The version of the state's layout stands before the function, if it is not the first.
        boolean versioned = !parts.isEmpty() && parts.get(0).chars().allMatch(Character::isDigit);
        List<String> rest = parts.subList(versioned ? 1 : 0, parts.size());
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AggregateType(
                                rest.get(0),
                                rest.subList(1, rest.size()).stream()
                                        .map(TypeParser::parse)
                                        .toList()));
    }

    /** The type of one row's arguments: of a single one its own, else a tuple of them. */
    public ClickHouseType values() {
        return arguments.size() == 1
                ? arguments.get(0)
                : TypeParser.parse(
                        arguments.stream()
                                .map(ClickHouseType::text)
                                .collect(Collectors.joining(", ", "Tuple(", ")")));
    }
}
