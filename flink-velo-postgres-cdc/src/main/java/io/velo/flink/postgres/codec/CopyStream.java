// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;

/**
 * Finds the tuples in a binary {@code COPY TO STDOUT}: a header, then each tuple as a 16-bit count
 * of fields and the fields with 32-bit lengths, then a count of -1.
 *
 * <p>The server sends a tuple per message today but does not promise it: tuples may be cut
 * anywhere, or many be in one message. A tuple that is whole in its message is not copied.
 *
 * <p>Use: {@link #feed} a message, then {@link #next} until it is false. Not thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
public final class CopyStream {

    /** No server sends a longer tuple: its own memory blocks end here. */
    static final int MAX_TUPLE_BYTES = 0x3fffffff;

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final int HEADER = SIGNATURE.length + 8;
    private static final int MAX_EXTENSION = 1 << 20;
    private static final int CRITICAL_FLAGS = 0xFFFF0000;
    private static final byte[] NOTHING = {};

    private final int fields;
    private byte[] bytes = NOTHING;
    private int position;
    private int limit;
    private int start;
    private boolean headerRead;
    private boolean ended;

    /**
     * A stream at its begin.
     *
     * @param fields how many fields each tuple has
     */
    public CopyStream(int fields) {
        this.fields = fields;
    }

    /**
     * Adds the next message; the array belongs to this stream and the tuples in it from now on.
     *
     * @throws VeloException {@code VELO-IO-006} if data follows the end or a tuple has no end
     */
    public void feed(byte[] message) {
        if (position == limit) {
            bytes = message;
            limit = message.length;
        } else {
            int rest = limit - position;
            if ((long) rest + message.length > MAX_TUPLE_BYTES) {
                throw corrupt("a tuple is longer than " + MAX_TUPLE_BYTES + " bytes");
            }
            byte[] joined = new byte[rest + message.length];
            System.arraycopy(bytes, position, joined, 0, rest);
            System.arraycopy(message, 0, joined, rest, message.length);
            bytes = joined;
            limit = joined.length;
        }
        position = 0;
        if (ended && limit > 0) {
            throw corrupt("data follows the end mark");
        }
    }

    /**
     * Goes to the next whole tuple; false if more messages are needed or the end is reached.
     *
     * @throws VeloException {@code VELO-IO-006} if the bytes are not a binary COPY of that many
     *     fields
     */
    public boolean next() {
        if (ended || !headerRead && !readHeader() || limit - position < 2) {
            return false;
        }
        int count = Bytes.int2(bytes, position);
        if (count == -1) {
            ended = true;
            position += 2;
            if (position != limit) {
                throw corrupt("data follows the end mark");
            }
            return false;
        }
        if (count != fields) {
            throw corrupt("a tuple has " + count + " fields instead of " + fields);
        }
        return skipTuple();
    }

    private boolean skipTuple() {
        int at = position + 2;
        for (int i = 0; i < fields; i++) {
            if (limit - at < 4) {
                return false;
            }
            int length = Bytes.int4(bytes, at);
            at += 4;
            if (length > 0) {
                if (length > MAX_TUPLE_BYTES) {
                    throw corrupt("a field has " + length + " bytes");
                }
                if (limit - at < length) {
                    return false;
                }
                at += length;
            } else if (length < -1) {
                throw corrupt("a field has " + length + " bytes");
            }
        }
        start = position;
        position = at;
        return true;
    }

    private boolean readHeader() {
        if (limit - position < HEADER) {
            return false;
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (bytes[position + i] != SIGNATURE[i]) {
                throw corrupt("it does not begin with the signature of a binary COPY");
            }
        }
        int flags = Bytes.int4(bytes, position + SIGNATURE.length);
        int extension = Bytes.int4(bytes, position + SIGNATURE.length + 4);
        if ((flags & CRITICAL_FLAGS) != 0 || extension < 0 || extension > MAX_EXTENSION) {
            throw corrupt("its header has flags " + flags + " and extension " + extension);
        }
        if (limit - position - HEADER < extension) {
            return false;
        }
        position += HEADER + extension;
        headerRead = true;
        return true;
    }

    /** The array that holds the current tuple. It is never written to again. */
    public byte[] tuple() {
        return bytes;
    }

    /** Where the current tuple begins in {@link #tuple()}. */
    public int start() {
        return start;
    }

    /** How many bytes the current tuple has. */
    public int length() {
        return position - start;
    }

    /** Whether the end mark was read: without it the data is not complete. */
    public boolean ended() {
        return ended;
    }

    private static VeloException corrupt(String fault) {
        return Problem.of(
                        ErrorCode.IO_PROTOCOL,
                        "The binary COPY of PostgreSQL is damaged: " + fault + ".")
                .remedy("Check what is between Velo and the server, such as a proxy, and retry.")
                .toException();
    }
}
