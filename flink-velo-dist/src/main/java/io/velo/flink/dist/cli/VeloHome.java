// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where Velo's own files are: the repository it was built in. */
public final class VeloHome {

    /** The system property with the repository's root; the script {@code velo} sets it. */
    public static final String PROPERTY = "velo.repository";

    private VeloHome() {}

    /** The version of Velo, such as {@code 0.1.0}. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream in = VeloHome.class.getResourceAsStream("velo.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource velo.properties cannot be read.", e);
        }
        return properties.getProperty("version");
    }

    /** A file or folder of the repository. */
    public static Path resolve(String relative) {
        return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().resolve(relative);
    }

    /**
     * The folder whose jars make Flink a Flink with Velo.
     *
     * @throws SandboxException if it has not been built
     */
    public static Path bundle() {
        Path lib = resolve("flink-velo-dist/target/flink-velo-" + version() + "/lib");
        if (!Files.isDirectory(lib)) {
            throw new SandboxException(
                    "There is no " + lib + ": build it with mvn -DskipTests package.");
        }
        return lib;
    }

    /**
     * The jar with {@code memory://}, which is for tests and therefore not in the bundle.
     *
     * @throws SandboxException if it has not been built
     */
    public static Path memoryScheme() {
        String name = "flink-velo-testkit-" + version() + ".jar";
        Path jar = resolve("flink-velo-testkit/target/" + name);
        if (!Files.isRegularFile(jar)) {
            throw new SandboxException(
                    "There is no " + jar + ": build it with mvn -DskipTests package.");
        }
        return jar;
    }
}
