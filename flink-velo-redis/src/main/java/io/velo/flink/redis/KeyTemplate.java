// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.template.Segment;
import io.velo.flink.common.template.Template;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Builds the keys of rows from a template such as <code>user:{id}</code>: literals as UTF-8,
 * columns as {@link TextWriters} write them, nothing escaped, because the keys must be those that
 * other programs use. Immutable, therefore thread-safe.
 */
final class KeyTemplate implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final byte[][] literals;
    private final TextWriter[] writers;
    private final int[] positions;

    private KeyTemplate(String text, byte[][] literals, TextWriter[] writers, int[] positions) {
        this.text = text;
        this.literals = literals;
        this.writers = writers;
        this.positions = positions;
    }

    /**
     * Reads a template for writing or looking up rows.
     *
     * @param columns the columns of the table
     * @throws io.velo.flink.common.error.VeloException if there is none, a placeholder is not a
     *     column, no column is used, or what is used is not built
     */
    static Template parse(RedisTable table, List<String> columns) {
        String text =
                table.keyPattern()
                        .orElseThrow(
                                () ->
                                        wrong(
                                                table,
                                                ErrorCode.OPTION_MISSING,
                                                "Option 'key-pattern' is missing: the keys of the"
                                                        + " rows are not known."));
        Template template = Template.parse(text, columns);
        boolean other =
                template.segments().stream()
                        .anyMatch(
                                segment ->
                                        segment instanceof Segment.Alternatives
                                                || segment instanceof Segment.Literal literal
                                                        && literal.text().indexOf('*') >= 0);
        if (other) {
            throw wrong(
                    table,
                    ErrorCode.OPTION_VALUE,
                    "The key template '"
                            + text
                            + "' holds a wildcard, but must name one key per"
                            + " row.");
        }
        if (template.usesTime()) {
            throw wrong(
                    table,
                    ErrorCode.OPTION_NOT_BUILT,
                    "Date words in a key template are not built yet in this version of Velo.");
        }
        if (template.isConstant()) {
            throw wrong(
                    table,
                    ErrorCode.OPTION_VALUE,
                    "The key template '"
                            + text
                            + "' names no column, so all rows would have one"
                            + " key.");
        }
        return template;
    }

    /**
     * Binds a template to the rows from which keys are built.
     *
     * @param names the columns of those rows; every column of the template is among them
     * @param types their types
     * @throws io.velo.flink.common.error.VeloException if a column's type cannot be part of a key
     */
    static KeyTemplate of(
            RedisTable table, Template template, List<String> names, List<LogicalType> types) {
        int count = template.segments().size();
        byte[][] literals = new byte[count][];
        TextWriter[] writers = new TextWriter[count];
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            if (template.segments().get(i) instanceof Segment.Column column) {
                positions[i] = names.indexOf(column.name());
                LogicalType type = types.get(positions[i]);
                writers[i] =
                        TextWriters.of(type)
                                .orElseThrow(() -> Columns.unsupported(table, column.name(), type));
            } else {
                String literal = ((Segment.Literal) template.segments().get(i)).text();
                literals[i] = literal.getBytes(StandardCharsets.UTF_8);
            }
        }
        return new KeyTemplate(template.toString(), literals, writers, positions);
    }

    /** The key of a row, or null if a column of the key is NULL. */
    byte[] keyOf(RowData row) {
        byte[][] pieces = new byte[literals.length][];
        int length = 0;
        for (int i = 0; i < pieces.length; i++) {
            if (literals[i] != null) {
                pieces[i] = literals[i];
            } else if (row.isNullAt(positions[i])) {
                return null;
            } else {
                pieces[i] = writers[i].write(row, positions[i]);
            }
            length += pieces[i].length;
        }
        byte[] key = new byte[length];
        int end = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, key, end, piece.length);
            end += piece.length;
        }
        return key;
    }

    /** The template as written. */
    @Override
    public String toString() {
        return text;
    }

    private static RuntimeException wrong(RedisTable table, ErrorCode code, String sentence) {
        return Problem.of(code, sentence)
                .at(table.name())
                .remedy(
                        "Write a template with the key columns of the table, such as"
                                + " 'key-pattern'='user:{id}'.")
                .toException();
    }
}
