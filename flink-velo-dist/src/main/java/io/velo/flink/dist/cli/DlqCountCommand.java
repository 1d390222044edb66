// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.dlq.DeadLetterCount;
import io.velo.flink.testkit.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code velo dlq count}: dead letters by their reason. */
@Command(
        name = "count",
        description = "Counts dead letters by table and reason; a letter that stands twice is one.")
final class DlqCountCommand implements Callable<Integer> {

    @Mixin private DlqSelection selection;

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<DeadLetterCount> counts;
        try (LocalCluster cluster = DlqSelection.cluster()) {
            counts = selection.letters(cluster, selection.filter()).counts();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("LETTERS", "TABLE", "ROLE", "CATEGORY", "CODE", "FIRST", "LAST"));
        long all = 0;
        for (DeadLetterCount count : counts) {
            all += count.letters();
            rows.add(
                    List.of(
                            Long.toString(count.letters()),
                            count.table(),
                            count.role(),
                            count.category(),
                            count.code(),
                            count.first().toString(),
                            count.last().toString()));
        }
        PrintWriter out = command.commandLine().getOut();
        if (all > 0) {
            TextTable.of(rows).print(out);
        }
        out.println(all + " dead letters");
        out.flush();
        return 0;
    }
}
