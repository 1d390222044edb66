// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * An answer in some format as a stream of the Native format. One thread reads; another one may
 * close it, and the answer with it.
 */
public final class RowsStream extends BulkStream {

    private final InputStream answer;
    private final BlockDecoder decoder;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private boolean ended;

    private RowsStream(InputStream answer, BlockDecoder decoder) {
        this.answer = answer;
        this.decoder = decoder;
    }

    /** The answer itself if it is in the Native format. */
    public static InputStream of(WireFormat format, InputStream answer) {
        return format == WireFormat.NATIVE
                ? answer
                : new RowsStream(answer, BlockDecoder.of(format, answer));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer piece = piece();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(target, offset, count);
        return count;
    }

    private ByteBuffer piece() throws IOException {
        while (true) {
            ByteBuffer piece = pieces.peek();
            if (piece != null && piece.hasRemaining()) {
                return piece;
            }
            if (piece != null) {
                pieces.remove();
                continue;
            }
            List<ByteBuffer> block = ended ? null : decoder.next();
            if (block == null) {
                ended = true;
                return null;
            }
            pieces.addAll(block);
        }
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        answer.close();
    }
}
