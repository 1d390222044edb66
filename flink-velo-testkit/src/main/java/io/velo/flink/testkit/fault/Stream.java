// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One direction of one connection: a chunk is read, waits, and is written. Not thread-safe. */
final class Stream {

    /** Only an event of a socket can change anything. */
    static final long UNTIL_EVENT = Long.MAX_VALUE;

    private static final int CHUNK = 16 * 1024;

    /** After so many chunks the other connections have their turn. */
    private static final int CHUNKS_AT_ONCE = 16;

    private final Lane lane;
    private final SocketChannel from;
    private final SocketChannel to;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).limit(0);

    private long notBefore;
    private boolean full;
    private boolean finished;

    Stream(Lane lane, SocketChannel from, SocketChannel to) {
        this.lane = lane;
        this.from = from;
        this.to = to;
    }

    /** Both ends know that no more bytes come. */
    boolean isFinished() {
        return finished;
    }

    boolean wantsToRead() {
        return !finished && !lane.isHung() && !chunk.hasRemaining();
    }

    boolean wantsToWrite() {
        return full && !lane.isHung();
    }

    /**
     * Moves what can be moved now.
     *
     * @return nanoseconds after which there is more to do, or {@link #UNTIL_EVENT}
     * @throws CutException if the connection has to be cut here
     * @throws IOException if one of the two ends broke
     */
    long advance(long now) throws IOException {
        for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
            if (finished || lane.isHung() || (!chunk.hasRemaining() && !read(now))) {
                return UNTIL_EVENT;
            }
            long wait = Math.max(notBefore - now, lane.waitNanos(now));
            if (wait > 0) {
                return wait;
            }
            if (lane.cutsNow()) {
                throw new CutException();
            }
            write(now);
            if (full) {
                return UNTIL_EVENT;
            }
        }
        return 0;
    }

    private boolean read(long now) throws IOException {
        chunk.clear();
        int count = from.read(chunk);
        chunk.flip();
        if (count < 0) {
            finished = true;
            to.shutdownOutput();
        }
        notBefore = now + lane.delayNanos();
        return count > 0;
    }

    private void write(long now) throws IOException {
        int allowed = lane.allowance(chunk.remaining());
        lane.flip(chunk, allowed);
        int end = chunk.limit();
        chunk.limit(chunk.position() + allowed);
        int written = to.write(chunk);
        chunk.limit(end);
        full = written < allowed;
        lane.passed(written, now);
    }
}
