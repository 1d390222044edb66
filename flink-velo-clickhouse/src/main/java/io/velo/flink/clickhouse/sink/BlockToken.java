// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.util.Comparator;

/**
 * What the server knows a block by, different for each block ever sealed. In the order in which a
 * writer sealed its blocks, whatever its clock says; the order of writers has no meaning.
 * Immutable.
 *
 * @param writer who sealed it
 * @param number the writer's blocks are numbered from 0
 * @param checksum of its bytes
 */
record BlockToken(String writer, long number, int checksum) implements Comparable<BlockToken> {

    private static final String VERSION = "v1:";

    private static final Comparator<BlockToken> BY_WRITER =
            Comparator.comparing(BlockToken::writer).thenComparingLong(BlockToken::number);

    /** The token that this text stands for. */
    static BlockToken parse(String text) {
        int last = text.lastIndexOf(':');
        int before = text.lastIndexOf(':', last - 1);
        return new BlockToken(
                text.substring(VERSION.length(), before),
                Long.parseLong(text.substring(before + 1, last)),
                Integer.parseUnsignedInt(text.substring(last + 1), 16));
    }

    /** Its text; part of savepoints and of the names of staged files. */
    @Override
    public String toString() {
        return VERSION + writer + ':' + number + ':' + Integer.toHexString(checksum);
    }

    @Override
    public int compareTo(BlockToken other) {
        return BY_WRITER.compare(this, other);
    }
}
