// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import java.io.PrintWriter;
import java.util.List;

/** Rows of text in columns that are as wide as their widest cell. Immutable. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows;

    private TextTable(List<List<String>> rows) {
        this.rows = List.copyOf(rows);
    }

    /** A table of these rows, all of the same number of cells. */
    static TextTable of(List<List<String>> rows) {
        return new TextTable(rows);
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(width(i) - cell.length())).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
