// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that a process listens on the loopback address alone, and on the port it was given: a test
 * server must not be open to the network, and an answer on its port must be its own. Reads {@code
 * /proc}; where there is none, as on macOS, nothing is checked.
 */
final class LoopbackCheck {

    private static final String LISTENING = "0A";
    private static final String IPV4_IN_IPV6 = "0000000000000000FFFF0000";
    private static final String IPV6_LOOPBACK = "00000000000000000000000001000000";

    private LoopbackCheck() {}

    /**
     * @throws ServerException if the process listens elsewhere too, or not on the port
     */
    static void check(long pid, int port) {
        Path process = Path.of("/proc", Long.toString(pid));
        if (Files.notExists(Path.of("/proc/net/tcp"))) {
            return;
        }
        try {
            List<String> addresses = listening(sockets(process.resolve("fd")));
            for (String address : addresses) {
                if (!isLoopback(address)) {
                    throw new ServerException(
                            "Process "
                                    + pid
                                    + " listens on "
                                    + address
                                    + " (hexadecimal), which is not the loopback address alone.");
                }
            }
            String ending = String.format(":%04X", port);
            if (addresses.stream().noneMatch(address -> address.endsWith(ending))) {
                throw new ServerException(
                        "Something else than process " + pid + " listens on port " + port + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sockets of process " + pid + " are unknown.", e);
        }
    }

    /** Of an address as the kernel prints it: hexadecimal, in the byte order of the machine. */
    static boolean isLoopback(String address) {
        String host = address.substring(0, address.indexOf(':'));
        if (host.length() == 8) {
            return host.endsWith("7F");
        }
        return host.equals(IPV6_LOOPBACK) || host.startsWith(IPV4_IN_IPV6) && host.endsWith("7F");
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                addSocket(link, sockets);
            }
        }
        return sockets;
    }

    private static void addSocket(Path link, Set<String> sockets) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith("socket:[")) {
                sockets.add(target.substring("socket:[".length(), target.length() - 1));
            }
        } catch (IOException ignored) {
            // Closed while we looked.
        }
    }

    private static List<String> listening(Set<String> sockets) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.notExists(Path.of(table))) {
                continue;
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals(LISTENING) && sockets.contains(columns[9])) {
                    addresses.add(columns[1]);
                }
            }
        }
        return addresses;
    }
}
