// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.template;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.text.NearestMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Reads one template from left to right and reports all its problems at once. */
final class TemplateParser {

    private static final int MAX_PROBLEMS = 8;
    private static final int MAX_PLACE = 200;
    private static final String LITERAL_BRACES = "Write {{ and }} for literal braces.";

    private final String text;
    private final Predicate<String> isColumn;
    private final Collection<String> columns;

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private final Problems problems = new Problems();

    /**
     * A parser for one text.
     *
     * @param isColumn null if the columns are not known
     * @param columns what can be suggested
     */
    TemplateParser(String text, Predicate<String> isColumn, Collection<String> columns) {
        this.text = text;
        this.isColumn = isColumn;
        this.columns = columns;
    }

    Template parse() {
        int position = 0;
        while (position < text.length() && problems.list().size() < MAX_PROBLEMS) {
            position = next(position);
        }
        endLiteral();
        problems.throwIfAny();
        return new Template(text, segments);
    }

    private int next(int position) {
        char c = text.charAt(position);
        boolean doubled = (c == '{' || c == '}') && text.startsWith(c + "" + c, position);
        if (doubled) {
            literal.append(c);
            return position + 2;
        }
        if (c == '{') {
            return placeholder(position, position + 1);
        }
        if (c == '$' && text.startsWith("${", position) && !text.startsWith("${{", position)) {
            return placeholder(position, position + 2);
        }
        if (c == '}') {
            problem("The closing brace at offset " + position + " has no opening one.");
        } else {
            literal.append(c);
        }
        return position + 1;
    }

    private int placeholder(int start, int nameStart) {
        int close = text.indexOf('}', nameStart);
        int open = text.indexOf('{', nameStart);
        if (close < 0) {
            problem("The brace at offset " + (nameStart - 1) + " is not closed.");
            return text.length();
        }
        if (open >= 0 && open < close) {
            problem("The brace at offset " + open + " opens inside a placeholder.");
            return close + 1;
        }
        String name = text.substring(nameStart, close);
        if (name.isEmpty()) {
            problem("The placeholder at offset " + start + " is empty.");
        } else if (nameStart - start == 2 && name.indexOf(':') >= 0) {
            literal.append(text, start, close + 1);
        } else if (name.indexOf(',') >= 0) {
            add(new Segment.Alternatives(List.of(name.split(",", -1))));
        } else {
            addNamed(name);
        }
        return close + 1;
    }

    private void addNamed(String name) {
        if (isColumn != null && isColumn.test(name)) {
            add(new Segment.Column(name));
        } else if (CalendarWords.contains(name)) {
            add(new Segment.Calendar(name));
        } else if (isColumn == null) {
            add(new Segment.Column(name));
        } else {
            List<String> known = new ArrayList<>(columns);
            known.addAll(CalendarWords.all());
            problems.add(
                    Problem.of(
                                    ErrorCode.SCHEMA_COLUMN,
                                    "The placeholder '"
                                            + name
                                            + "' is neither a column nor a date word."
                                            + NearestMatch.question(name, known))
                            .at(place())
                            .remedy(
                                    "Use a column of the table or one of "
                                            + String.join(", ", CalendarWords.all())
                                            + ". "
                                            + LITERAL_BRACES));
        }
    }

    private void add(Segment segment) {
        endLiteral();
        segments.add(segment);
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            segments.add(new Segment.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void problem(String sentence) {
        problems.add(Problem.of(ErrorCode.URI_SYNTAX, sentence).at(place()).remedy(LITERAL_BRACES));
    }

    private String place() {
        return text.length() <= MAX_PLACE ? text : text.substring(0, MAX_PLACE) + "…";
    }
}
