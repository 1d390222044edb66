// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What this JVM holds at one moment.
 *
 * @param threads names by id
 * @param descriptors what open file descriptors point to, such as {@code 12 socket:[4711]}; empty
 *     where there is no /proc
 * @param directBytes memory of direct buffers
 */
record ProcessState(Map<Long, String> threads, Set<String> descriptors, long directBytes) {

    private static final Path OWN = Path.of("/proc/self/fd");

    static ProcessState now(Predicate<String> countedThread) {
        Map<Long, String> threads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> countedThread.test(thread.getName()))
                        .collect(Collectors.toMap(Thread::getId, Thread::getName));
        return new ProcessState(threads, openDescriptors(), directBuffers());
    }

    private static Set<String> openDescriptors() {
        Set<String> open = new TreeSet<>();
        if (!Files.isDirectory(OWN)) {
            return open;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(OWN)) {
            for (Path link : links) {
                target(link).filter(ProcessState::counts).ifPresent(open::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The open files cannot be listed.", e);
        }
        return open;
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(link.getFileName() + " " + Files.readSymbolicLink(link));
        } catch (IOException e) {
            // Closed meanwhile.
            return Optional.empty();
        }
    }

    /** The JVM opens libraries and its own devices when it likes. */
    private static boolean counts(String target) {
        return !target.matches(
                "\\d+ (/proc/.*|/dev/.*|/sys/.*|.*\\.(jar|so|jsa)|.*/modules|pipe:.*)");
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
