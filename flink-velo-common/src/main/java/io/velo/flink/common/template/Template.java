// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.template;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The template of a sink path or key, such as <code>orders/{YYYY}/{country}/*.json</code>.
 *
 * <p><code>{name}</code> and <code>${name}</code> take the value of a column; <code>
 * {YYYY} {MM} {DD} {HH} {YYYY-MM-DD}</code> take a part of the row's time unless a column has that
 * name; a placeholder with a comma is a glob alternation; <code>${kind:…}</code> is a reference and
 * stays text; doubled braces are literal ones. Immutable, therefore thread-safe.
 */
public final class Template implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final List<Segment> segments;

    Template(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    /**
     * Parses a template whose columns are not known yet: every placeholder that is no date word is
     * a column.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-001} for braces that do not
     *     match
     */
    public static Template parse(String text) {
        return new TemplateParser(text, null, Set.of()).parse();
    }

    /**
     * Parses a template of a table with known columns.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-001} for braces that do not
     *     match, {@code VELO-SCH-003} for a placeholder that is neither a column nor a date word
     */
    public static Template parse(String text, Predicate<String> isColumn) {
        return new TemplateParser(text, isColumn, Set.of()).parse();
    }

    /** As {@link #parse(String, Predicate)}; the error also suggests the nearest column. */
    public static Template parse(String text, Collection<String> columns) {
        return new TemplateParser(text, columns::contains, columns).parse();
    }

    /** The pieces in order; neighbouring literals are one. */
    public List<Segment> segments() {
        return segments;
    }

    /** The columns that are used, in the order of their first use. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Column column) {
                columns.add(column.name());
            }
        }
        return Collections.unmodifiableSet(columns);
    }

    /** Whether a part of the row's time is used. */
    public boolean usesTime() {
        return segments.stream().anyMatch(segment -> segment instanceof Segment.Calendar);
    }

    /** Whether all rows give the same text. */
    public boolean isConstant() {
        return !usesTime() && columns().isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && template.segments.equals(segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    /** The template as written. */
    @Override
    public String toString() {
        return text;
    }
}
