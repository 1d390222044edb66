// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A package of an npm registry, fetched by {@code npm pack}; none of its scripts run. */
record NpmPackage(String name, String version) {

    /** Unpacks the package into the folder; its content is then below {@code package/}. */
    void fetch(Path folder, String size) throws IOException {
        Command.require("npm", "tar");
        Progress.report("Fetching " + name + " " + version + " with npm (" + size + ").");
        String printed =
                Command.in(folder).run("npm", "pack", "--silent", name + "@" + version).strip();
        // Warnings may stand before the file's name.
        Path archive = folder.resolve(printed.substring(printed.lastIndexOf('\n') + 1).strip());
        Command.in(folder).run("tar", "-xzf", archive.toString());
        Files.delete(archive);
    }
}
