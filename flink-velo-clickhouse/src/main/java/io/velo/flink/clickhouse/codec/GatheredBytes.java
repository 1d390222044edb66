// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A stream that is gathered to be read from its end: in memory up to a limit, then in a temporary
 * file. The file has no name any more once it is open, where the file system allows that, so it is
 * gone with this process whatever happens. One thread reads, another one may close.
 */
final class GatheredBytes implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final int mostInMemory;
    private byte[] memory = new byte[CHUNK];
    private int inMemory;
    private volatile FileChannel file;
    private volatile boolean closed;
    private long length;

    /** Gathers nothing yet; that many bytes stay in memory at most. */
    GatheredBytes(int mostInMemory) {
        this.mostInMemory = mostInMemory;
    }

    /**
     * Takes the stream up to its end.
     *
     * @throws VeloException {@code VELO-IO-006} if the temporary file cannot be written
     */
    void gather(InputStream stream) throws IOException {
        while (true) {
            if (inMemory == memory.length) {
                makeRoom();
            }
            int got = stream.read(memory, inMemory, memory.length - inMemory);
            if (got < 0) {
                break;
            }
            inMemory += got;
            length += got;
        }
        if (file != null) {
            flush();
            memory = null;
        }
    }

    private void makeRoom() throws IOException {
        if (file == null && memory.length < mostInMemory) {
            memory = Arrays.copyOf(memory, (int) Math.min(mostInMemory, memory.length * 2L));
            return;
        }
        flush();
    }

    private void open() throws IOException {
        Path path = Files.createTempFile("velo-answer-", ".parquet");
        try {
            // On Unix the name goes at once.
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException failure) {
            Files.deleteIfExists(path);
            throw failure;
        }
        if (closed) {
            file.close();
        }
    }

    private void flush() throws IOException {
        try {
            if (file == null) {
                open();
            }
            ByteBuffer left = ByteBuffer.wrap(memory, 0, inMemory);
            while (left.hasRemaining()) {
                file.write(left);
            }
        } catch (IOException failure) {
            if (closed) {
                throw failure;
            }
            throw noRoom(failure);
        }
        inMemory = 0;
    }

    private VeloException noRoom(IOException failure) {
        return Problem.of(
                        ErrorCode.IO_PROTOCOL,
                        "An answer of more than "
                                + length
                                + " bytes cannot be kept in the folder "
                                + System.getProperty("java.io.tmpdir")
                                + ": "
                                + failure.getMessage()
                                + ".")
                .remedy(
                        "Give the folder room, name another by -Djava.io.tmpdir, make splits"
                                + " smaller by split_rows, or read with format=native.")
                .toException();
    }

    /** Bytes gathered. */
    long length() {
        return length;
    }

    /**
     * A copy of a part.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if there are not so many
     *     bytes
     */
    byte[] read(long from, long count) throws IOException {
        if (from < 0 || count < 0 || count > WireInput.MAX_COLUMN_BYTES || from > length - count) {
            throw WireInput.broken("points outside of itself");
        }
        if (file == null) {
            return Arrays.copyOfRange(memory, (int) from, (int) (from + count));
        }
        ByteBuffer part = ByteBuffer.allocate((int) count);
        while (part.hasRemaining()) {
            if (file.read(part, from + part.position()) < 0) {
                throw new IOException("The temporary file of an answer was cut off.");
            }
        }
        return part.array();
    }

    @Override
    public void close() {
        closed = true;
        FileChannel open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // The file has no name any more; nothing is left to do.
            }
        }
    }
}
