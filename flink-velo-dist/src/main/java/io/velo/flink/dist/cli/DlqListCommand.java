// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velo.flink.dist.dlq.DeadLetter;
import io.velo.flink.testkit.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code velo dlq list}: the newest dead letters. */
@Command(name = "list", description = "Prints dead letters, the newest first.")
final class DlqListCommand implements Callable<Integer> {

    @Mixin private DlqSelection selection;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at the most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Prints a JSON object a line, with the whole row.")
    private boolean json;

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<DeadLetter> letters;
        try (LocalCluster cluster = DlqSelection.cluster()) {
            letters = selection.letters(cluster, selection.filter()).newest(limit);
        }
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            letters.forEach(letter -> out.println(object(letter)));
        } else {
            print(letters, out);
        }
        out.flush();
        return 0;
    }

    private static void print(List<DeadLetter> letters, PrintWriter out) {
        if (letters.isEmpty()) {
            out.println("There are no dead letters.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("FAILED AT", "TABLE", "CODE", "VALUE", "MESSAGE"));
        for (DeadLetter letter : letters) {
            rows.add(
                    List.of(
                            letter.failedAt().toString(),
                            letter.table(),
                            letter.code(),
                            cut(letter.valueText()),
                            letter.message().lines().findFirst().orElse("")));
        }
        TextTable.of(rows).print(out);
    }

    private static String cut(String text) {
        int widest = 60;
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= widest ? line : line.substring(0, widest - 1) + "…";
    }

    private static ObjectNode object(DeadLetter letter) {
        return new ObjectMapper()
                .createObjectNode()
                .put("id", letter.id())
                .put("failed_at", letter.failedAt().toString())
                .put("role", letter.role())
                .put("category", letter.category())
                .put("code", letter.code())
                .put("message", letter.message())
                .put("uri", letter.uri())
                .put("table", letter.table())
                .put("position", letter.position())
                .put("value", letter.valueText())
                .put("headers", letter.headers())
                .put("format", letter.format());
    }
}
