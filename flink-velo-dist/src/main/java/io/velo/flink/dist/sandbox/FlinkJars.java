// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.MavenJars;
import io.velo.flink.testkit.server.ServerUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Copies the jars of a Flink version out of Maven's repositories. */
final class FlinkJars {

    private FlinkJars() {}

    /**
     * Copies all jars into the folder.
     *
     * <p>Some repositories lack the API jar of the SQL gateway of some versions; then {@link
     * FlinkVersion#gatewayApi()} takes its place, which is said.
     *
     * @throws ServerUnavailableException if Maven is missing or cannot fetch them
     */
    static void copy(String version, Path folder, Consumer<String> progress) throws IOException {
        try {
            copy(version, version, folder);
        } catch (ServerUnavailableException e) {
            if (!e.getMessage().contains("flink-sql-gateway-api")) {
                throw e;
            }
            String other = FlinkVersion.gatewayApi();
            progress.accept(
                    "The repository has no flink-sql-gateway-api "
                            + version
                            + ": taking that of "
                            + other
                            + ".");
            copy(version, other, folder);
        }
    }

    private static void copy(String version, String gatewayApi, Path folder) throws IOException {
        MavenJars.of(FlinkJars.class.getResource("flink-distribution.xml"))
                .with("flink.version", version)
                .with("flink.gateway-api.version", gatewayApi)
                .copyTo(folder);
    }
}
