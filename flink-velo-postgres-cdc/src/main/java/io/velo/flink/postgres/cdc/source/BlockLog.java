// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The messages of a transaction that came in blocks while it ran, kept until it ends: in memory
 * while it is small, then in a file, so that a transaction of any size needs little memory. Not
 * thread-safe.
 */
final class BlockLog implements AutoCloseable {

    private static final int MEMORY = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final Set<Integer> undone = new HashSet<>();
    private DataOutputStream out = new DataOutputStream(memory);
    private Path file;
    private long bytes;

    /** A log that makes its file in this folder. */
    BlockLog(Path folder) {
        this.folder = folder;
    }

    /** Keeps a message of a part of the transaction. */
    void add(int part, long lsn, byte[] message, int offset, int length) throws IOException {
        if (file == null && memory.size() > MEMORY) {
            spill();
        }
        out.writeInt(part);
        out.writeLong(lsn);
        out.writeInt(length);
        out.write(message, offset, length);
        bytes += length;
    }

    private void spill() throws IOException {
        Files.createDirectories(folder);
        file = Files.createTempFile(folder, "velo-postgres-transaction-", ".log");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
        memory.writeTo(out);
        memory.reset();
    }

    /** How many bytes of messages it holds. */
    long bytes() {
        return bytes;
    }

    /** How many of them are in a file. */
    long spilled() {
        return file == null ? 0 : bytes;
    }

    /** A part of the transaction was rolled back: its messages do not count. */
    void undo(int part) {
        undone.add(part);
    }

    /** The messages that count, in their order. */
    Replay replay() throws IOException {
        out.flush();
        InputStream in =
                file == null
                        ? new ByteArrayInputStream(memory.toByteArray())
                        : new BufferedInputStream(Files.newInputStream(file), BUFFER);
        return new Replay(new DataInputStream(in));
    }

    /** Throws everything away. */
    @Override
    public void close() {
        try {
            out.close();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException ignored) {
            // What is left is a file in the folder for temporary files.
        }
    }

    /** Goes through the messages. */
    final class Replay {

        private final DataInputStream in;
        private long lsn;

        private Replay(DataInputStream in) {
            this.in = in;
        }

        /** The next message that counts, or null behind the last one. */
        byte[] next() throws IOException {
            while (true) {
                int part;
                try {
                    part = in.readInt();
                } catch (EOFException e) {
                    in.close();
                    return null;
                }
                lsn = in.readLong();
                byte[] message = new byte[in.readInt()];
                in.readFully(message);
                if (!undone.contains(part)) {
                    return message;
                }
            }
        }

        /** Where the message stands that {@link #next} gave last. */
        long lsn() {
            return lsn;
        }
    }
}
