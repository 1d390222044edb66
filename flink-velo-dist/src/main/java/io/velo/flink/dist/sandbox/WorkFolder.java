// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.Folders;
import io.velo.flink.testkit.server.Leash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that a sandbox writes everything into. A temporary one carries the process id of its
 * maker in its name, so that a later sandbox finds and deletes those of killed makers.
 */
final class WorkFolder implements AutoCloseable {

    private static final String PREFIX = "velo-sandbox-";

    private final Path root;
    private final boolean temporary;

    private WorkFolder(Path root, boolean temporary) {
        this.root = root;
        this.temporary = temporary;
    }

    /** The given folder, which stays, or a new temporary one, which goes with the sandbox. */
    static WorkFolder of(Optional<Path> wanted) {
        try {
            WorkFolder folder =
                    wanted.isPresent() ? new WorkFolder(wanted.get(), false) : temporary();
            for (Path part : List.of(folder.conf(), folder.log(), folder.tmp(), folder.leash())) {
                Files.createDirectories(part);
            }
            folder.writeResource("log4j.properties", folder.conf().resolve("log4j.properties"));
            folder.writeResource(
                    "log4j-sql-client.properties",
                    folder.conf().resolve("log4j-sql-client.properties"));
            folder.writeLeash();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's work folder cannot be written.", e);
        }
    }

    private static WorkFolder temporary() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        deleteStale(parent);
        return new WorkFolder(
                Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-")
                        .toAbsolutePath(),
                true);
    }

    private static void deleteStale(Path parent) throws IOException {
        List<Path> stale;
        try (Stream<Path> files = Files.list(parent)) {
            stale = files.filter(WorkFolder::isStale).collect(Collectors.toList());
        }
        for (Path folder : stale) {
            try {
                Folders.delete(folder);
            } catch (UncheckedIOException ignored) {
                // It belongs to another user, who will delete it.
            }
        }
    }

    private static boolean isStale(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.matches(PREFIX + "\\d{1,9}-.*")) {
            return false;
        }
        String pid = name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length()));
        return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    Path root() {
        return root;
    }

    Path conf() {
        return root.resolve("conf");
    }

    Path log() {
        return root.resolve("log");
    }

    Path tmp() {
        return root.resolve("tmp");
    }

    /** The class path entry with nothing but {@link Leash}. */
    Path leash() {
        return root.resolve("leash");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    private void writeLeash() throws IOException {
        // Neither our own class path nor the testkit's schemes may leak into the cluster, so the
        // one class goes alone.
        String file = Leash.class.getName().replace('.', '/') + ".class";
        Path target = leash().resolve(file);
        Files.createDirectories(target.getParent());
        writeResource("/" + file, target);
    }

    private void writeResource(String name, Path target) throws IOException {
        try (InputStream in = WorkFolder.class.getResourceAsStream(name)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes the folder if it is a temporary one. */
    @Override
    public void close() {
        if (temporary) {
            Folders.delete(root);
        }
    }
}
