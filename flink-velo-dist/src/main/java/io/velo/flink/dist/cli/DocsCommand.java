// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.docs.Documentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo docs}: the generated parts of the documentation. */
@Command(
        name = "docs",
        description = {
            "Writes the tables of README.md and docs that are made from the specs of the "
                    + "schemes and from the metrics.",
            "With --check it writes nothing and ends with code 1 if a table is stale."
        })
final class DocsCommand implements Callable<Integer> {

    @Option(names = "--check", description = "Only looks.")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        Documentation documentation = Documentation.in(VeloHome.resolve(""));
        List<Path> stale = check ? documentation.stale() : documentation.write();
        for (Path page : stale) {
            System.out.println((check ? "stale: " : "written: ") + page);
        }
        if (stale.isEmpty()) {
            System.out.println("Every table is current.");
        }
        return check && !stale.isEmpty() ? 1 : 0;
    }
}
