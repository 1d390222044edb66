// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.dlq.DeadLetter;
import io.velo.flink.dist.dlq.DeadLetterFilter;
import io.velo.flink.dist.dlq.DeadLetters;
import io.velo.flink.dist.dlq.Replay;
import io.velo.flink.testkit.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code velo dlq replay}: rows of dead letters into their table. */
@Command(
        name = "replay",
        description = {
            "Writes the rows of dead letters into their table, the oldest first: those that a "
                    + "sink could not write.",
            "The letters stay where they are; a second replay writes them again, which only a "
                    + "table with a primary key forgives."
        })
final class DlqReplayCommand implements Callable<Integer> {

    @Mixin private DlqSelection selection;

    @Option(
            names = "--into",
            paramLabel = "URI",
            required = true,
            description = {
                "The table. Where its columns cannot be discovered, name them in it:",
                "'kafka://host/orders?columns=id INT, name STRING'."
            })
    private String into;

    @Option(
            names = "--into-option",
            paramLabel = "NAME=VALUE",
            description = "An option of that table, as in its WITH clause. May be repeated.")
    private Map<String, String> intoOptions = new LinkedHashMap<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        DeadLetterFilter filter = selection.filter().role("sink");
        long written;
        try (LocalCluster cluster = DlqSelection.cluster()) {
            DeadLetters letters = selection.letters(cluster, filter);
            Map<String, String> with = new LinkedHashMap<>(intoOptions);
            with.put("uri", into);
            Replay replay = new Replay(cluster, with);
            try (CloseableIterator<DeadLetter> all = letters.all()) {
                written = replay.run(all);
            }
        }
        PrintWriter out = command.commandLine().getOut();
        out.println(written + " rows written");
        out.flush();
        return 0;
    }
}
