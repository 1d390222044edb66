// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.BulkStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * The body of an answer, which gives up when the server is silent for too long. One thread reads;
 * {@link #close()} may be called by another one and ends a read that waits. The connection is kept
 * if the body was read to its end, else it ends too.
 */
final class ResponseBody extends BulkStream {

    private static final int HEXADECIMAL = 16;

    private static final int OK = 200;

    private enum State {
        OPEN,
        ENDED,
        CLOSED
    }

    private final Connection connection;
    private final ConnectionInput in;
    private final boolean chunked;
    private final boolean untilEnd;
    private final Runnable whole;
    private State state = State.OPEN;
    private long left;
    private boolean firstChunk = true;

    /**
     * The body behind this head.
     *
     * @param whole called once, when the connection can be used for something else
     */
    ResponseBody(Connection connection, ResponseHead head, Runnable whole) throws IOException {
        this.connection = connection;
        this.in = connection.input();
        this.whole = whole;
        this.chunked = head.isChunked();
        long length = chunked ? 0 : head.bodyLength();
        this.untilEnd = length < 0;
        if (untilEnd && head.status() == OK) {
            // Nothing would tell its end from that of a connection that broke.
            throw new IOException("The answer has neither a length nor chunks.");
        }
        this.left = untilEnd ? Long.MAX_VALUE : length;
        if (!chunked && length == 0) {
            end();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            return isEnded() ? -1 : readSome(target, offset, length);
        } catch (IOException broken) {
            boolean wasOpen = isOpen();
            connection.abort();
            throw wasOpen
                    ? connection.explained(broken)
                    : new IOException("The answer was closed.", broken);
        }
    }

    private int readSome(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count >= 0) {
            left -= count;
            if (left == 0 && !chunked) {
                end();
            }
            return count;
        }
        if (!untilEnd) {
            throw new EOFException("The answer broke off.");
        }
        end();
        return -1;
    }

    /** Reads the line before a chunk; at the last one, which is empty, the body ends. */
    private boolean nextChunk() throws IOException {
        if (!firstChunk && !in.line().isEmpty()) {
            throw new IOException("A chunk of the answer does not end where it should.");
        }
        firstChunk = false;
        String line = in.line();
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).trim();
        try {
            left = Long.parseLong(size, HEXADECIMAL);
        } catch (NumberFormatException notOne) {
            left = -1;
        }
        if (left < 0) {
            throw new IOException("A chunk of the answer has an impossible length.");
        }
        if (left == 0) {
            ResponseHead.fields(in);
            end();
            return false;
        }
        return true;
    }

    private synchronized boolean isEnded() throws IOException {
        if (state == State.CLOSED) {
            throw new IOException("The answer was closed.");
        }
        return state == State.ENDED;
    }

    private synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    private synchronized void end() {
        if (state == State.OPEN) {
            state = State.ENDED;
            whole.run();
        }
    }

    @Override
    public synchronized void close() {
        if (state == State.OPEN) {
            state = State.CLOSED;
            connection.abort();
        }
    }
}
