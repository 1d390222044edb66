// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import io.velo.flink.postgres.codec.TypeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;

/**
 * Writes Flink's conditions in SQL where the server's answer is Flink's for every value: true,
 * false and unknown alike. What could differ stays with Flink: casts, functions, texts padded with
 * blanks, values that a policy changes. Immutable, therefore thread-safe.
 */
final class Conditions {

    private static final Map<FunctionDefinition, String> COMPARISONS =
            Map.of(
                    BuiltInFunctionDefinitions.EQUALS, "=",
                    BuiltInFunctionDefinitions.NOT_EQUALS, "<>",
                    BuiltInFunctionDefinitions.LESS_THAN, "<",
                    BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, "<=",
                    BuiltInFunctionDefinitions.GREATER_THAN, ">",
                    BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, ">=");

    private static final Map<String, String> TURNED =
            Map.of("=", "=", "<>", "<>", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

    private static final Map<FunctionDefinition, String> TESTS =
            Map.of(
                    BuiltInFunctionDefinitions.IS_TRUE, " IS TRUE",
                    BuiltInFunctionDefinitions.IS_FALSE, " IS FALSE",
                    BuiltInFunctionDefinitions.IS_NOT_TRUE, " IS NOT TRUE",
                    BuiltInFunctionDefinitions.IS_NOT_FALSE, " IS NOT FALSE");

    private final Map<String, PushedColumn> columns;

    Conditions(Map<String, PushedColumn> columns) {
        this.columns = Map.copyOf(columns);
    }

    /** The condition in SQL, or empty if the server could answer otherwise than Flink. */
    Optional<String> sql(ResolvedExpression expression) {
        if (expression instanceof FieldReferenceExpression field) {
            return column(field)
                    .filter(column -> column.family() == TypeFamily.BOOLEAN)
                    .map(PushedColumn::sql);
        }
        if (!(expression instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> operands = call.getResolvedChildren();
        if (COMPARISONS.containsKey(function)) {
            return comparison(COMPARISONS.get(function), operands.get(0), operands.get(1));
        }
        if (function == BuiltInFunctionDefinitions.AND) {
            return joined(operands, " AND ");
        }
        if (function == BuiltInFunctionDefinitions.OR) {
            return joined(operands, " OR ");
        }
        if (function == BuiltInFunctionDefinitions.NOT) {
            return sql(operands.get(0)).map(inner -> "(NOT " + inner + ")");
        }
        if (TESTS.containsKey(function)) {
            return sql(operands.get(0)).map(inner -> "(" + inner + TESTS.get(function) + ")");
        }
        if (function == BuiltInFunctionDefinitions.IS_NULL) {
            return column(operands.get(0)).map(column -> "(" + column.sql() + " IS NULL)");
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
            return column(operands.get(0)).map(column -> "(" + column.sql() + " IS NOT NULL)");
        }
        return function == BuiltInFunctionDefinitions.LIKE ? like(operands) : Optional.empty();
    }

    private Optional<PushedColumn> column(ResolvedExpression expression) {
        return expression instanceof FieldReferenceExpression field
                ? Optional.ofNullable(columns.get(field.getName())).filter(PushedColumn::isExact)
                : Optional.empty();
    }

    private Optional<String> joined(List<ResolvedExpression> operands, String word) {
        List<String> parts = new ArrayList<>();
        for (ResolvedExpression operand : operands) {
            Optional<String> part = sql(operand);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of("(" + String.join(word, parts) + ")");
    }

    private Optional<String> comparison(
            String operator, ResolvedExpression left, ResolvedExpression right) {
        if (left instanceof ValueLiteralExpression literal) {
            return withLiteral(TURNED.get(operator), right, literal);
        }
        if (right instanceof ValueLiteralExpression literal) {
            return withLiteral(operator, left, literal);
        }
        return column(left).flatMap(one -> column(right).flatMap(two -> pair(operator, one, two)));
    }

    private Optional<String> withLiteral(
            String operator, ResolvedExpression field, ValueLiteralExpression literal) {
        PushedColumn column = column(field).orElse(null);
        if (column == null || !isEquality(operator) && !column.family().isOrdered()) {
            return Optional.empty();
        }
        if (isReal(column) && isEquality(operator) && isZero(literal)) {
            // To a list of Flink's -0 is not 0, to a comparison it is.
            return Optional.empty();
        }
        String name = isEquality(operator) ? equated(column) : column.ordered();
        return Literals.of(literal, column)
                .map(value -> name + " " + operator + " " + value)
                .map(
                        comparison ->
                                operator.startsWith(">") && isReal(column)
                                        ? withoutNaN(column, comparison)
                                        : "(" + comparison + ")");
    }

    private static boolean isZero(ValueLiteralExpression literal) {
        return literal.getValueAs(Double.class).map(value -> value == 0).orElse(true);
    }

    /** To Flink NaN is not greater than anything. */
    private static String withoutNaN(PushedColumn column, String comparison) {
        return "(" + comparison + " AND " + column.sql() + " < 'NaN')";
    }

    private static Optional<String> pair(String operator, PushedColumn one, PushedColumn two) {
        boolean same = one.family() == two.family() && !isReal(one);
        boolean compared = isEquality(operator) || one.family().isOrdered();
        boolean labels = one.family() == TypeFamily.LABEL;
        if (!same || !compared || labels) {
            return Optional.empty();
        }
        return Optional.of("(" + one.ordered() + " " + operator + " " + two.ordered() + ")");
    }

    /** Without a collation the server can use an index; equal means the same bytes in any. */
    private static String equated(PushedColumn column) {
        return column.isDeterministic() ? column.sql() : column.ordered();
    }

    private static boolean isReal(PushedColumn column) {
        return column.family() == TypeFamily.REAL;
    }

    private static boolean isEquality(String operator) {
        return operator.equals("=") || operator.equals("<>");
    }

    /** Without a backslash, because systems differ in what it means. */
    private Optional<String> like(List<ResolvedExpression> operands) {
        PushedColumn column = column(operands.get(0)).orElse(null);
        boolean text =
                column != null
                        && column.family() == TypeFamily.TEXT
                        && operands.size() == 2
                        && operands.get(1) instanceof ValueLiteralExpression;
        if (!text) {
            return Optional.empty();
        }
        return ((ValueLiteralExpression) operands.get(1))
                .getValueAs(String.class)
                .filter(pattern -> pattern.indexOf('\\') < 0 && Literals.isStorable(pattern))
                .map(
                        pattern ->
                                "("
                                        + equated(column)
                                        + " LIKE "
                                        + Literals.text(pattern)
                                        + " ESCAPE '')");
    }
}
