// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.file.Path;

/** A package of a Maven repository. */
record MavenPackage(String group, String artifact, String version) {

    private static final String POM = "package.pom.xml";

    /** Copies the package's jar and all that it needs at run time into the folder. */
    void fetchWithDependencies(Path folder) throws IOException {
        fetch(jars(), folder);
    }

    /** Copies the package's jar into the folder and returns its path. */
    Path fetchAlone(Path folder) throws IOException {
        fetch(jars().with("excludeTransitive", "true"), folder);
        return folder.resolve(artifact + "-" + version + ".jar");
    }

    private MavenJars jars() {
        return MavenJars.of(MavenPackage.class.getResource(POM))
                .with("package.group", group)
                .with("package.artifact", artifact)
                .with("package.version", version);
    }

    private void fetch(MavenJars jars, Path folder) throws IOException {
        Progress.report("Fetching " + artifact + " " + version + " with Maven.");
        jars.copyTo(folder);
    }
}
