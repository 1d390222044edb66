// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a split into pieces and puts pieces together again. A message between coordinator and reader
 * may not be larger than {@code pekko.framesize}, 10 MiB unless set; what a table of a hundred
 * thousand ranges shows is larger. Not thread-safe.
 */
final class SplitPieces {

    /** A system property for tests: how many bytes a message has at the most, if not 1 MiB. */
    static final String BYTES = "velo.postgresql.message-bytes";

    private final List<SplitPiece> pieces = new ArrayList<>();

    /** A message stays about this large at the most: far below any frame that is set. */
    static int largest() {
        return Integer.getInteger(BYTES, 1 << 20);
    }

    /** The pieces of a split, in their order: one if it is small. */
    static List<SplitPiece> of(CaptureSplit split) {
        CaptureSplitSerializer serializer = new CaptureSplitSerializer();
        byte[] bytes;
        try {
            bytes = serializer.serialize(split);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int largest = largest();
        int count = Math.max(1, (bytes.length + largest - 1) / largest);
        List<SplitPiece> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int end = Math.min(bytes.length, (i + 1) * largest);
            all.add(
                    new SplitPiece(
                            i,
                            count,
                            serializer.getVersion(),
                            Arrays.copyOfRange(bytes, i * largest, end)));
        }
        return all;
    }

    /** Takes the next piece; the split if it was the last one. */
    Optional<CaptureSplit> add(SplitPiece piece) {
        if (piece.number() == 0) {
            pieces.clear();
        }
        if (piece.number() != pieces.size()) {
            throw new IllegalStateException(
                    "Piece " + piece.number() + " of a split came behind " + pieces.size() + ".");
        }
        pieces.add(piece);
        if (pieces.size() < piece.of()) {
            return Optional.empty();
        }
        byte[] whole = new byte[pieces.stream().mapToInt(one -> one.bytes().length).sum()];
        int filled = 0;
        for (SplitPiece one : pieces) {
            System.arraycopy(one.bytes(), 0, whole, filled, one.bytes().length);
            filled += one.bytes().length;
        }
        pieces.clear();
        try {
            return Optional.of(new CaptureSplitSerializer().deserialize(piece.version(), whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
