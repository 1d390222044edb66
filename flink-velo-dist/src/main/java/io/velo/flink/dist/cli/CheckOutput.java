// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.ProbeReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints what a check found. Not thread-safe. */
final class CheckOutput {

    private final PrintWriter out;

    CheckOutput(PrintWriter out) {
        this.out = out;
    }

    void print(ProbeReport report) {
        for (ProbeReport.Check check : report.checks()) {
            if (check.problem().isEmpty()) {
                out.printf("ok      %s%n", (check.name() + "  " + check.finding()).strip());
            } else {
                out.printf("FAILED  %s%n", check.name());
                print(check.problem().get());
            }
        }
        out.flush();
    }

    void print(Problem problem) {
        problem.toException().getMessage().lines().forEach(line -> out.println("  " + line));
        out.flush();
    }

    void print(DiscoveredTable table) {
        String comment = table.comment().isEmpty() ? "" : ": " + table.comment();
        out.println("ok      columns" + comment);
        List<List<String>> rows = new ArrayList<>();
        for (DiscoveredTable.Column column : table.columns()) {
            rows.add(List.of("  " + column.name(), column.type().toString(), column.comment()));
        }
        TextTable.of(rows).print(out);
        if (!table.primaryKey().isEmpty()) {
            out.println("  PRIMARY KEY (" + String.join(", ", table.primaryKey()) + ")");
        }
        out.flush();
    }
}
