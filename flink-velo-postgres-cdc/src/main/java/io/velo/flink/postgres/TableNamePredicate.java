// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;

/**
 * Finds out to which tables a predicate restricts a query: {@code table_name = 'a'}, IN, and OR of
 * these. Stateless, therefore thread-safe.
 */
final class TableNamePredicate {

    private static final String COLUMN = "table_name";

    private TableNamePredicate() {}

    /** The tables, or none if the predicate says nothing about them. */
    static Set<String> names(ResolvedExpression predicate) {
        if (!(predicate instanceof CallExpression call)) {
            return Set.of();
        }
        List<ResolvedExpression> parts = call.getResolvedChildren();
        if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.OR) {
            return union(parts);
        }
        if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
            return parts.stream()
                    .map(TableNamePredicate::names)
                    .filter(names -> !names.isEmpty())
                    .findFirst()
                    .orElse(Set.of());
        }
        boolean equals = call.getFunctionDefinition() == BuiltInFunctionDefinitions.EQUALS;
        boolean in = call.getFunctionDefinition() == BuiltInFunctionDefinitions.IN;
        return equals || in ? literals(parts) : Set.of();
    }

    private static Set<String> union(List<ResolvedExpression> parts) {
        Set<String> names = new HashSet<>();
        for (ResolvedExpression part : parts) {
            Set<String> some = names(part);
            if (some.isEmpty()) {
                return Set.of();
            }
            names.addAll(some);
        }
        return names;
    }

    /** One reference to the column, all else literals. */
    private static Set<String> literals(List<ResolvedExpression> parts) {
        Set<String> names = new HashSet<>();
        int references = 0;
        for (ResolvedExpression part : parts) {
            ResolvedExpression bare = withoutCast(part);
            if (bare instanceof FieldReferenceExpression field && field.getName().equals(COLUMN)) {
                references++;
            } else if (bare instanceof ValueLiteralExpression literal) {
                Optional<String> text = literal.getValueAs(String.class);
                if (text.isEmpty()) {
                    return Set.of();
                }
                names.add(text.get());
            } else {
                return Set.of();
            }
        }
        return references == 1 ? names : Set.of();
    }

    private static ResolvedExpression withoutCast(ResolvedExpression expression) {
        boolean cast =
                expression instanceof CallExpression call
                        && call.getFunctionDefinition() == BuiltInFunctionDefinitions.CAST;
        return cast ? expression.getResolvedChildren().get(0) : expression;
    }
}
