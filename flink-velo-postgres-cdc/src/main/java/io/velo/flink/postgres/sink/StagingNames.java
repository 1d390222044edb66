// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names under which rows wait: {@code velo_<owner>_<writer>_<epoch>_<attempt>}. The owner is
 * the subtask of one job, so that what it left behind is found although it never completed a
 * checkpoint; the attempt keeps a writer that was given up from writing into the table of its
 * successor. At most 63 bytes.
 */
final class StagingNames {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What all names start with. */
    static final String PREFIX = "velo_";

    private static final Pattern NAME =
            Pattern.compile(PREFIX + "([0-9a-f]{16}_[0-9a-f]{16})_\\d+_[0-9a-f]{8}");

    private final String writer;
    private final String attempt = hex(4);

    private StagingNames(String writer) {
        this.writer = writer;
    }

    /** The names of a writer that starts. */
    static StagingNames start(String owner) {
        return new StagingNames(owner + "_" + hex(8));
    }

    /** The names of a writer that goes on. */
    static StagingNames goOn(String writer) {
        return new StagingNames(writer);
    }

    /** The name of an owner, 16 letters. */
    static String owner(String job, String operator, int subtask) {
        String text = job + '/' + operator + '/' + subtask;
        UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(hash.getMostSignificantBits());
    }

    /** The owners that a subtask stands for, if every so many subtasks one more does. */
    static Set<String> owners(String job, String operator, int subtask, int every, int all) {
        return IntStream.iterate(subtask, i -> i < all, i -> i + every)
                .mapToObj(i -> owner(job, operator, i))
                .collect(Collectors.toSet());
    }

    /** The owner that started a writer. */
    static String ownerOf(String writer) {
        return writer.substring(0, writer.indexOf('_'));
    }

    /** The writer in a name, or null if nothing of ours is called so. */
    static String writerOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** What all names of a writer start with. */
    static String prefix(String writer) {
        return PREFIX + writer + "_";
    }

    /** The epoch in a name of this writer. */
    static long epoch(String name, String writer) {
        String rest = name.substring(prefix(writer).length());
        return Long.parseLong(rest.substring(0, rest.indexOf('_')));
    }

    /** The writer, which it stays over restarts. */
    String writer() {
        return writer;
    }

    /** The name for the rows of an epoch. */
    String name(long epoch) {
        return prefix(writer) + epoch + "_" + attempt;
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
