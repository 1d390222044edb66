// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.pgoutput.MessageParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The blocks of large transactions, which the server sends while they run: kept until their
 * transaction commits, then read message by message. Used by one thread.
 */
final class TransactionBlocks implements AutoCloseable {

    private final ChangeReading reading;
    private final MessageParser parser;
    private final Path folder;
    private final AtomicLong keptBytes;
    private final Map<Integer, BlockLog> blocks = new HashMap<>();

    /** The transaction whose block is under way, or null. */
    private BlockLog block;

    private BlockLog replayed;
    private BlockLog.Replay replay;
    private long commit;
    private long end;
    private long micros;

    /**
     * No blocks yet.
     *
     * @param reading takes the changes of transactions that have committed
     * @param folder where transactions are kept that are too large for the memory
     * @param keptBytes shows how many bytes of blocks are kept
     */
    TransactionBlocks(
            ChangeReading reading, MessageParser parser, Path folder, AtomicLong keptBytes) {
        this.reading = reading;
        this.parser = parser;
        this.folder = folder;
        this.keptBytes = keptBytes;
    }

    /**
     * Takes a message if it is about blocks or inside of one.
     *
     * @return whether it was taken
     */
    boolean take(byte[] bytes, int offset, int length, long lsn) throws IOException {
        switch (bytes[offset]) {
            case 'S' ->
                    block =
                            blocks.computeIfAbsent(
                                    message(bytes, offset, length).getInt(offset + 1), this::log);
            case 'E' -> block = null;
            case 'c' -> begin(message(bytes, offset, length), offset);
            case 'A' -> {
                ByteBuffer message = message(bytes, offset, length);
                undo(message.getInt(offset + 1), message.getInt(offset + 5));
            }
            default -> {
                if (block == null) {
                    return false;
                }
                if (bytes[offset] != 'O') {
                    int part = MessageParser.blockXid(bytes, offset);
                    block.add(part, lsn, bytes, offset, length);
                    keptBytes.addAndGet(length);
                }
            }
        }
        return true;
    }

    private static ByteBuffer message(byte[] bytes, int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length);
    }

    private BlockLog log(int xid) {
        return new BlockLog(folder);
    }

    /** A transaction of blocks has committed. */
    private void begin(ByteBuffer message, int offset) throws IOException {
        int xid = message.getInt(offset + 1);
        replayed = blocks.remove(xid);
        commit = message.getLong(offset + 6);
        end = message.getLong(offset + 14);
        micros = message.getLong(offset + 22);
        replay = (replayed == null ? log(xid) : replayed).replay();
        reading.begin(commit, micros, xid);
    }

    private void undo(int xid, int part) {
        BlockLog log = blocks.get(xid);
        if (log == null) {
            // A server of version 18 reports ends of transactions that it never sent.
            return;
        }
        if (xid == part) {
            blocks.remove(xid);
            forget(log);
        } else {
            log.undo(part);
        }
    }

    /** Whether a transaction that has committed is to be read before the next message is taken. */
    boolean isReplaying() {
        return replay != null;
    }

    /** Reads the next message of the transaction that has committed; its length, 0 behind it. */
    int replayOne() throws IOException {
        byte[] message = replay.next();
        if (message == null) {
            replay = null;
            if (replayed != null) {
                forget(replayed);
                replayed = null;
            }
            reading.commit(commit, end, micros);
            return 0;
        }
        reading.messageAt(replay.lsn());
        parser.parse(message, 0, message.length, true, reading);
        return message.length;
    }

    private void forget(BlockLog log) {
        keptBytes.addAndGet(-log.bytes());
        log.close();
    }

    /** Throws everything away. */
    @Override
    public void close() {
        blocks.values().forEach(this::forget);
        blocks.clear();
        if (replayed != null) {
            forget(replayed);
        }
    }
}
