// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder where fetched and unpacked programs stay from one run to the next: {@code
 * ~/.cache/velo}, or what the system property {@code velo.cache} or the environment variable {@code
 * VELO_CACHE} says.
 *
 * <p>An entry is filled in a sibling and renamed when complete, under a file lock, so that no other
 * JVM sees half an entry and two never fetch the same one. Thread-safe.
 */
public final class PackageCache {

    /** Puts the content of an entry into an empty folder. */
    public interface Filling {

        /**
         * Fills the folder. What this throws goes up from {@link #entry}, an {@link IOException} as
         * an {@link UncheckedIOException}; the entry then does not come to be.
         */
        void fill(Path emptyFolder) throws IOException;
    }

    // File locks belong to the whole JVM, so its threads need a lock of their own.
    private static final Object IN_THIS_JVM = new Object();

    private final Path root;

    PackageCache(Path root) {
        this.root = root;
    }

    /** The cache of the user of this JVM, as system property and environment are now. */
    public static PackageCache ofUser() {
        String chosen = System.getProperty("velo.cache", System.getenv("VELO_CACHE"));
        return new PackageCache(
                chosen == null || chosen.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "velo")
                        : Path.of(chosen).toAbsolutePath());
    }

    /** The folder that holds the entries, an absolute path; it need not exist. */
    public Path root() {
        return root;
    }

    /**
     * The entry's folder, filled now if it is not there yet. Waits while another thread or JVM
     * fills it.
     *
     * @param name a file name
     * @throws UncheckedIOException if the cache cannot be written
     */
    public Path entry(String name, Filling filling) {
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        synchronized (IN_THIS_JVM) {
            try {
                Files.createDirectories(root);
                try (FileChannel channel =
                                FileChannel.open(
                                        root.resolve(name + ".lock"),
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (Files.notExists(entry)) {
                        fill(entry, filling);
                    }
                    return entry;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The package folder " + entry + " cannot be written.", e);
            }
        }
    }

    private void fill(Path entry, Filling filling) throws IOException {
        String prefix = entry.getFileName() + ".part-";
        deleteLeftOvers(prefix);
        Path part = Files.createDirectory(root.resolve(prefix + UUID.randomUUID()));
        try {
            filling.fill(part);
            Files.move(part, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(part);
        }
    }

    /** What a killed JVM left behind: nobody else can be filling while we hold the lock. */
    private void deleteLeftOvers(String prefix) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(root, prefix + "*")) {
            parts.forEach(Folders::delete);
        }
    }
}
