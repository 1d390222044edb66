// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Buffered reads of the Native format. Arrays grow with the bytes that really arrive, so a corrupt
 * length cannot allocate more than about twice of what was received.
 *
 * <p>An end in the middle of a value is a {@link VeloException} with {@code VELO-IO-006}.
 */
final class WireInput {

    /** The most bytes that one column of one block may have. */
    static final int MAX_COLUMN_BYTES = 1 << 30;

    private static final int FIRST_CHUNK = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 17];
    private int position;
    private int limit;

    WireInput(InputStream in) {
        this.in = in;
    }

    /** Whether the stream ends exactly here. */
    boolean atEnd() throws IOException {
        return position == limit && !fill();
    }

    int readByte() throws IOException {
        if (position == limit && !fill()) {
            throw broken("ends in the middle of a block");
        }
        return buffer[position++] & 0xFF;
    }

    /** An unsigned number of at most nine bytes. */
    long readVarint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw broken("holds a length of more than nine bytes");
    }

    /** A length that must not exceed the limit. */
    int readLength(int most, String what) throws IOException {
        long length = readVarint();
        if (length > most) {
            throw broken("holds " + what + " of impossible length " + length);
        }
        return (int) length;
    }

    String readText(int most, String what) throws IOException {
        byte[] bytes = readBytes(readLength(most, what));
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What was received, of which {@link #position()} to before {@link #limit()} is not read. */
    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /** Passes over bytes of the buffer that were read there. */
    void skip(int bytes) {
        position += bytes;
    }

    /** Exactly that many bytes in an array of that length. */
    byte[] readBytes(long count) throws IOException {
        if (count > MAX_COLUMN_BYTES) {
            throw broken("holds a column of more than 1 GiB in one block");
        }
        int total = (int) count;
        byte[] bytes = new byte[Math.min(total, FIRST_CHUNK)];
        int have = 0;
        while (have < total) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(total, bytes.length * 2L));
            }
            have += readSome(bytes, have, bytes.length - have);
        }
        return bytes;
    }

    /** Copies that many bytes into the array. */
    void readInto(byte[] target, int offset, int count) throws IOException {
        int have = 0;
        while (have < count) {
            have += readSome(target, offset + have, count - have);
        }
    }

    private int readSome(byte[] target, int offset, int count) throws IOException {
        if (position == limit) {
            if (count >= buffer.length) {
                int got = in.read(target, offset, count);
                if (got < 0) {
                    throw broken("ends in the middle of a block");
                }
                return got;
            }
            if (!fill()) {
                throw broken("ends in the middle of a block");
            }
        }
        int some = Math.min(count, limit - position);
        System.arraycopy(buffer, position, target, offset, some);
        position += some;
        return some;
    }

    private boolean fill() throws IOException {
        int got = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(got, 0);
        return got > 0;
    }

    static VeloException broken(String what) {
        return Problem.of(ErrorCode.IO_PROTOCOL, "The ClickHouse answer " + what + ".")
                .remedy("Read again; if it happens again look at the server's log.")
                .toException();
    }
}
