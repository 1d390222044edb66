// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.RowsStream;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/**
 * The body of a successful answer, decompressed. Its end counts only if the server did not report
 * an error at it: {@link #finish()} says so. One thread reads, another one may close.
 */
public final class Answer implements AutoCloseable {

    private final InputStream body;
    private final ExceptionTail tail;
    private final String host;
    private final String place;
    private volatile InputStream blocks;
    private volatile boolean closed;

    Answer(InputStream body, InputStream plain, String tag, String host, String place) {
        this.body = body;
        this.tail = new ExceptionTail(plain, tag);
        this.host = host;
        this.place = place;
    }

    /** The raw bytes of the answer. */
    public InputStream stream() {
        return tail;
    }

    /** The answer as blocks of the Native format, if it was asked for in this one. */
    public InputStream blocks(WireFormat format) {
        if (format == WireFormat.NATIVE) {
            return tail;
        }
        InputStream decoded = RowsStream.of(format, new HeldBackStream(tail, tail::atEnd));
        blocks = decoded;
        return decoded;
    }

    /**
     * Checks the end of the answer; call it where the reader saw the end.
     *
     * @throws VeloException with the error that the server reported in the body
     */
    public void finish() {
        Optional<ServerFailure> failure = tail.framed();
        if (failure.isPresent()) {
            throw Explanation.of(failure.get(), "The query", host, place);
        }
    }

    /** The exception to show when the answer could not be read to its end. */
    public VeloException explain(Exception reason) {
        if (closed || reason instanceof InterruptedIOException) {
            return Explanation.of(reason, "The query", host, place);
        }
        return tail.afterBreak()
                .map(failure -> Explanation.of(failure, "The query", host, place))
                .orElseGet(() -> Explanation.of(reason, "The query", host, place));
    }

    /** Ends the answer, also one that is being read: the reader gets an {@link IOException}. */
    @Override
    public void close() {
        closed = true;
        close(body);
        InputStream decoded = blocks;
        if (decoded != null) {
            close(decoded);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException ignored) {
            // Closing only cancels; there is nothing left to do.
        }
    }
}
