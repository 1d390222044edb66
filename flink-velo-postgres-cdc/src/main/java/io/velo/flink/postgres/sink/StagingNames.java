// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The names under which rows wait: {@code velo_<owner>_<writer>_<epoch>_<attempt>}. The owner is
 * the subtask of one job, so that what it left behind is found although it never completed a
 * checkpoint; the attempt keeps a writer that was given up from writing into the table of its
 * successor. At most 63 bytes.
 */
final class StagingNames {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "velo_";

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

    /** What all names of an owner or a writer start with. */
    static String prefix(String ownerOrWriter) {
        return PREFIX + ownerOrWriter + "_";
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
