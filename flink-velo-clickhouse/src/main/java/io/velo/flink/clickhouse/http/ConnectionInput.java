// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What comes over a connection. Lines go through a small buffer; larger pieces of a body go from
 * the socket straight into the array of the reader. Not thread-safe.
 */
final class ConnectionInput {

    private static final int MOST_LINE = 1 << 16;

    /** The JDK reads into a buffer of that size outside of the heap, which the thread keeps. */
    private static final int MOST_AT_ONCE = 1 << 17;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 13];
    private int position;
    private int limit;

    ConnectionInput(InputStream in) {
        this.in = in;
    }

    /** Some bytes, at least one; -1 at the end of the stream. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= buffer.length) {
                return in.read(target, offset, Math.min(length, MOST_AT_ONCE));
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /** The next line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MOST_LINE) {
            if (position == limit && !fill()) {
                throw new EOFException("The server closed the connection.");
            }
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            int end = position;
            line.append(new String(buffer, start, end - start, StandardCharsets.ISO_8859_1));
            if (position < limit) {
                position++;
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
                return line.toString();
            }
        }
        throw new IOException("The server sent a line of more than " + MOST_LINE + " bytes.");
    }

    /** Whether something came that was not read. */
    boolean hasMore() throws IOException {
        return position < limit || in.available() > 0;
    }

    private boolean fill() throws IOException {
        int got = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(got, 0);
        return got > 0;
    }
}
