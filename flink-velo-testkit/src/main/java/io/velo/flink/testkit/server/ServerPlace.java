// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a server keeps while it lives: its folder and its claimed ports. */
final class ServerPlace implements AutoCloseable {

    private static final int KEPT_LOG = 3_000;

    private final Path folder;
    private final List<ClaimedPort> ports = new ArrayList<>();
    private final int port;

    private ServerPlace(Path folder) {
        this.folder = folder;
        this.port = claimPort();
    }

    /** A place with a new folder of its own in the given one. */
    static ServerPlace in(Path parent, String kind) {
        try {
            Files.createDirectories(parent);
            return new ServerPlace(
                    Files.createTempDirectory(parent.toAbsolutePath(), "velo-" + kind + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("No folder can be made in " + parent + ".", e);
        }
    }

    /** A place with a new folder in the machine's temporary folder. */
    static ServerPlace temporary(String kind) {
        return in(Path.of(System.getProperty("java.io.tmpdir")), kind);
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** One more port, given back together with the place. */
    int claimPort() {
        ClaimedPort claimed = ClaimedPort.any();
        ports.add(claimed);
        return claimed.number();
    }

    /**
     * A JVM that runs the class with the jars of a folder and the classes of this package. What it
     * would leave in the machine's temporary folder when it is killed goes to the place instead.
     */
    JavaProgram java(String main, Path jars, String... arguments) {
        return new JavaProgram(main, List.of(arguments))
                .option("-XX:+UseSerialGC")
                .option("-XX:-UsePerfData")
                .property("java.io.tmpdir", folder)
                .jars(jars)
                .allBeside(Leash.class);
    }

    /** The file all output of the server's programs goes to. */
    Path log() {
        return folder.resolve("out.log");
    }

    /** The last lines of the log. */
    String endOfLog() {
        try {
            String text =
                    Files.exists(log())
                            ? Files.readString(log(), StandardCharsets.ISO_8859_1).strip()
                            : "";
            return text.substring(Math.max(0, text.length() - KEPT_LOG));
        } catch (IOException e) {
            return "(unreadable)";
        }
    }

    @Override
    public void close() {
        Folders.delete(folder);
        ports.forEach(ClaimedPort::close);
    }
}
