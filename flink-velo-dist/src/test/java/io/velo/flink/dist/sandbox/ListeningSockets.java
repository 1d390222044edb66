// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a process listens on, as the Linux kernel tells it; nothing on other systems. */
final class ListeningSockets {

    private static final String LISTENING = "0A";

    private ListeningSockets() {}

    /** The local addresses as the kernel writes them: hexadecimal address, colon, port. */
    static List<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return List.of();
        }
        Set<String> inodes = inodes(process.resolve("fd"));
        return Stream.concat(
                        Files.readAllLines(process.resolve("net/tcp")).stream(),
                        Files.readAllLines(process.resolve("net/tcp6")).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[3].equals(LISTENING) && inodes.contains(words[9]))
                .map(words -> words[1])
                .toList();
    }

    /** Whether such an address is 127.x.x.x, ::ffff:127.x.x.x or ::1. */
    static boolean isLoopback(String address) {
        String host = address.substring(0, address.indexOf(':'));
        return host.endsWith("7F") && (host.length() == 8 || host.startsWith("0".repeat(16)))
                || host.equals("00000000000000000000000001000000");
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        List<Path> links;
        try (Stream<Path> files = Files.list(descriptors)) {
            links = files.toList();
        }
        for (Path link : links) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            } catch (NoSuchFileException ignored) {
                // Closed since the folder was listed.
            }
        }
        return inodes;
    }
}
