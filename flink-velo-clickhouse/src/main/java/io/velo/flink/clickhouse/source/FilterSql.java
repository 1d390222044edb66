// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.type.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;

/**
 * Turns conditions of a query into SQL of the server that is true, false and NULL for exactly the
 * same rows. Conditions for which that is not certain are not turned.
 */
final class FilterSql {

    /** Far below the length at which the server refuses a query. */
    private static final int LONGEST = 100_000;

    private static final Map<FunctionDefinition, String> COMPARISONS =
            Map.of(
                    BuiltInFunctionDefinitions.EQUALS, "=",
                    BuiltInFunctionDefinitions.NOT_EQUALS, "!=",
                    BuiltInFunctionDefinitions.LESS_THAN, "<",
                    BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, "<=",
                    BuiltInFunctionDefinitions.GREATER_THAN, ">",
                    BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, ">=");

    private static final Map<String, String> TURNED =
            Map.of("=", "=", "!=", "!=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

    private final Function<String, Optional<FieldValue>> fields;

    /** A translator that finds the fields of the scan by their names. */
    FilterSql(Function<String, Optional<FieldValue>> fields) {
        this.fields = fields;
    }

    /** The SQL of the condition, or nothing. */
    Optional<String> of(ResolvedExpression condition) {
        return condition(condition).filter(sql -> sql.length() <= LONGEST);
    }

    private Optional<String> condition(ResolvedExpression expression) {
        if (expression instanceof FieldReferenceExpression) {
            return value(expression).filter(FieldValue::isBoolean).map(FieldValue::sql);
        }
        if (!(expression instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> arguments = call.getResolvedChildren();
        if (COMPARISONS.containsKey(function)) {
            return comparison(COMPARISONS.get(function), arguments);
        }
        if (function == BuiltInFunctionDefinitions.AND) {
            return joined(arguments, " AND ");
        }
        if (function == BuiltInFunctionDefinitions.OR) {
            return joined(arguments, " OR ");
        }
        if (function == BuiltInFunctionDefinitions.NOT) {
            return condition(arguments.get(0)).map(sql -> "NOT (" + sql + ")");
        }
        if (function == BuiltInFunctionDefinitions.IN) {
            return in(arguments);
        }
        if (function == BuiltInFunctionDefinitions.LIKE && arguments.size() == 2) {
            return like(arguments);
        }
        if (function == BuiltInFunctionDefinitions.BETWEEN) {
            return both(
                    comparison(">=", List.of(arguments.get(0), arguments.get(1))),
                    comparison("<=", List.of(arguments.get(0), arguments.get(2))));
        }
        return nullOrTruth(function, arguments.get(0));
    }

    private Optional<String> nullOrTruth(FunctionDefinition function, ResolvedExpression argument) {
        if (function == BuiltInFunctionDefinitions.IS_NULL) {
            return value(argument).map(value -> "isNull(" + value.sql() + ")");
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
            return value(argument).map(value -> "isNotNull(" + value.sql() + ")");
        }
        if (function == BuiltInFunctionDefinitions.IS_TRUE) {
            return condition(argument).map(sql -> "ifNull(" + sql + ", 0)");
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_TRUE) {
            return condition(argument).map(sql -> "NOT ifNull(" + sql + ", 0)");
        }
        if (function == BuiltInFunctionDefinitions.IS_FALSE) {
            return condition(argument).map(sql -> "NOT ifNull(" + sql + ", 1)");
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_FALSE) {
            return condition(argument).map(sql -> "ifNull(" + sql + ", 1)");
        }
        return Optional.empty();
    }

    private Optional<String> joined(List<ResolvedExpression> parts, String word) {
        List<String> conditions = new ArrayList<>();
        for (ResolvedExpression part : parts) {
            Optional<String> condition = condition(part);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            conditions.add("(" + condition.get() + ")");
        }
        return Optional.of(String.join(word, conditions));
    }

    private static Optional<String> both(Optional<String> one, Optional<String> other) {
        return one.flatMap(first -> other.map(second -> "(" + first + ") AND (" + second + ")"));
    }

    private Optional<String> comparison(String operator, List<ResolvedExpression> sides) {
        ResolvedExpression left = sides.get(0);
        ResolvedExpression right = sides.get(1);
        if (left instanceof ValueLiteralExpression) {
            return value(right).flatMap(value -> compare(value, TURNED.get(operator), left));
        }
        if (right instanceof ValueLiteralExpression) {
            return value(left).flatMap(value -> compare(value, operator, right));
        }
        return value(left)
                .flatMap(one -> value(right).flatMap(other -> compare(one, operator, other)));
    }

    private static Optional<String> compare(
            FieldValue value, String operator, ResolvedExpression literal) {
        return literal(value, literal).map(sql -> value.sql() + " " + operator + " " + sql);
    }

    /** Two columns: of the same Flink type, and without a form of their own on one side only. */
    private static Optional<String> compare(FieldValue one, String operator, FieldValue other) {
        boolean same =
                one.flink().getTypeRoot() == other.flink().getTypeRoot()
                        && one.hasSteadyClock()
                        && other.hasSteadyClock()
                        && !one.isLocalTime()
                        && one.hasSameScaleAs(other);
        return same
                ? Optional.of(one.sql() + " " + operator + " " + other.sql())
                : Optional.empty();
    }

    private Optional<String> in(List<ResolvedExpression> arguments) {
        Optional<FieldValue> value = value(arguments.get(0));
        List<String> literals = new ArrayList<>();
        for (ResolvedExpression argument : arguments.subList(1, arguments.size())) {
            Optional<String> literal = value.flatMap(found -> literal(found, argument));
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return value.map(found -> found.sql() + " IN (" + String.join(", ", literals) + ")");
    }

    private Optional<String> like(List<ResolvedExpression> arguments) {
        Optional<FieldValue> value = value(arguments.get(0)).filter(FieldValue::isText);
        if (value.isEmpty() || !(arguments.get(1) instanceof ValueLiteralExpression literal)) {
            return Optional.empty();
        }
        // The server's patterns have an escape, Flink's have none unless they name one.
        return literal.getValueAs(String.class)
                .map(pattern -> pattern.replace("\\", "\\\\"))
                .map(pattern -> value.get().sql() + " LIKE " + Sql.text(pattern));
    }

    private Optional<FieldValue> value(ResolvedExpression expression) {
        return expression instanceof FieldReferenceExpression field
                ? fields.apply(field.getName())
                : Optional.empty();
    }

    private static Optional<String> literal(FieldValue value, ResolvedExpression expression) {
        if (!(expression instanceof ValueLiteralExpression literal) || literal.isNull()) {
            return Optional.empty();
        }
        Class<?> type = literal.getOutputDataType().getConversionClass();
        return literal.getValueAs(type).flatMap(value::literal);
    }
}
