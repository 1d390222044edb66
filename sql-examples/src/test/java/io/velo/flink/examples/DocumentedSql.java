// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import io.velo.flink.dist.cli.VeloHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL of a page of the documentation.
 *
 * @param page the page's path in the repository
 * @param statements what stands in its {@code sql} blocks, without the semicolons
 */
record DocumentedSql(String page, List<String> statements) {

    private static final Pattern BLOCK =
            Pattern.compile("^```sql\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    /** The README and every page below {@code docs} that holds SQL. */
    static List<DocumentedSql> all() throws IOException {
        Path root = VeloHome.resolve("");
        List<DocumentedSql> found = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(root.resolve("docs"))) {
            for (Path page :
                    Stream.concat(Stream.of(root.resolve("README.md")), pages.sorted())
                            .filter(file -> file.toString().endsWith(".md"))
                            .toList()) {
                List<String> statements = statements(Files.readString(page));
                if (!statements.isEmpty()) {
                    found.add(new DocumentedSql(root.relativize(page).toString(), statements));
                }
            }
        }
        return found;
    }

    private static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            Stream.of(block.group(1).split(";[ \\t]*(--[^\\n]*)?(\\n|$)"))
                    .map(DocumentedSql::withoutLeadingComments)
                    .filter(statement -> !statement.isBlank())
                    .forEach(statements::add);
        }
        return statements;
    }

    private static String withoutLeadingComments(String statement) {
        return statement.replaceAll("\\A(\\s*--[^\\n]*\\n)+", "").strip();
    }

    @Override
    public String toString() {
        return page;
    }
}
