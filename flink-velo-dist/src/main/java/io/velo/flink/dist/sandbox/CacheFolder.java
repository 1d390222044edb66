// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.nio.file.Path;

/**
 * The folder that keeps what was fetched once: the system property {@value #PROPERTY}, else the
 * environment variable {@value #VARIABLE}, else {@code ~/.cache/velo}.
 */
public final class CacheFolder {

    /** The system property that names the folder. */
    public static final String PROPERTY = "velo.cache";

    /** The environment variable that names the folder. */
    public static final String VARIABLE = "VELO_CACHE";

    private CacheFolder() {}

    /** The folder as an absolute path; it need not exist. */
    public static Path current() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        Path folder =
                named == null || named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "velo")
                        : Path.of(named);
        return folder.toAbsolutePath().normalize();
    }
}
