// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.Locale;

/** The kinds of machine for which server packages are known. Only Linux on x86-64 is proved. */
enum Platform {
    LINUX_X86_64("linux-amd64", "linux-amd64", "linux-x64-gnu", "x86_64-linux-gnu"),
    LINUX_ARM64("linux-arm64v8", "linux-arm64", "linux-arm64-gnu", "aarch64-linux-gnu"),
    MACOS_ARM64("darwin-arm64v8", "darwin-arm64", "darwin-arm64", "");

    private final String postgres;
    private final String redis;
    private final String chdb;
    private final String debianLibraries;

    Platform(String postgres, String redis, String chdb, String debianLibraries) {
        this.postgres = postgres;
        this.redis = redis;
        this.chdb = chdb;
        this.debianLibraries = debianLibraries;
    }

    /**
     * The platform of this JVM.
     *
     * @throws ServerUnavailableException if there are no packages for it
     */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String processor) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        if (name.startsWith("linux") && intel) {
            return LINUX_X86_64;
        }
        if (name.startsWith("linux") && arm) {
            return LINUX_ARM64;
        }
        if (name.startsWith("mac") && arm) {
            return MACOS_ARM64;
        }
        throw new ServerUnavailableException(
                "There are no server packages for "
                        + system
                        + " on "
                        + processor
                        + "; there are for Linux on x86-64 and ARM and for macOS on ARM."
                        + " Start a Docker engine to run the servers in containers instead.");
    }

    boolean isLinux() {
        return this != MACOS_ARM64;
    }

    /** The ending of the name of the Maven artifact with PostgreSQL's programs. */
    String postgres() {
        return postgres;
    }

    /** The ending of the name of the Redis program in the Maven artifact. */
    String redis() {
        return redis;
    }

    /** The ending of the name of the npm package with ClickHouse's library. */
    String chdb() {
        return chdb;
    }

    /** The folder below {@code usr/lib} where Debian packages keep libraries. */
    String debianLibraries() {
        return debianLibraries;
    }
}
