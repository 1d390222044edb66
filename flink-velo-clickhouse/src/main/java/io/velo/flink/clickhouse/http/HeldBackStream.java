// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hands out the last bytes of an answer only after they have been looked through for an error. In
 * the Native format the words of an error cannot be taken for a block; in formats of rows they can
 * be rows, and must not be handed on before the answer turns out to be broken. Not thread-safe.
 */
final class HeldBackStream extends BulkStream {

    /** More than the server writes about an error. */
    private static final int HELD = 1 << 15;

    private final InputStream in;
    private final Supplier<Optional<ServerFailure>> error;
    private final byte[] buffer = new byte[1 << 17];
    private int position;
    private int limit;
    private boolean ended;

    /**
     * A stream behind this one.
     *
     * @param error the error at the end of what was read, asked for where the stream ends
     */
    HeldBackStream(InputStream in, Supplier<Optional<ServerFailure>> error) {
        this.in = in;
        this.error = error;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended && limit - position <= HELD) {
            fill();
        }
        int free = limit - position - (ended ? 0 : HELD);
        if (free <= 0) {
            return -1;
        }
        int count = Math.min(length, free);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int got = in.read(buffer, limit, buffer.length - limit);
        if (got >= 0) {
            limit += got;
            return;
        }
        ended = true;
        Optional<ServerFailure> failure = error.get();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
