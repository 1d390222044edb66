// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The faults of one direction, shared by all connections. Everything but the counters belongs to
 * the proxy's thread.
 */
final class Lane {

    private static final long NEVER = -1;
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** A slow line is slow all the time: it moves what fits into this many parts of a second. */
    private static final long PARTS_PER_SECOND = 20;

    private final AtomicLong bytes = new AtomicLong();
    private long delayNanos;
    private boolean hung;
    private long bytesPerSecond = UNLIMITED;
    private long freeAt;
    private long bytesBeforeCut = NEVER;
    private long bytesBeforeFlip = NEVER;

    void heal() {
        delayNanos = 0;
        hung = false;
        bytesPerSecond = UNLIMITED;
        bytesBeforeCut = NEVER;
        bytesBeforeFlip = NEVER;
    }

    void delay(long nanos) {
        delayNanos = nanos;
    }

    void hang() {
        hung = true;
    }

    void release() {
        hung = false;
    }

    void limit(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
        freeAt = System.nanoTime();
    }

    void cutAfter(long count) {
        bytesBeforeCut = count;
    }

    void flipAfter(long count) {
        bytesBeforeFlip = count;
    }

    boolean isHung() {
        return hung;
    }

    long delayNanos() {
        return delayNanos;
    }

    /** All bytes that went through so far. */
    long bytes() {
        return bytes.get();
    }

    /** Whether the next byte must not pass, for which the fault is spent. */
    boolean cutsNow() {
        if (bytesBeforeCut != 0) {
            return false;
        }
        bytesBeforeCut = NEVER;
        return true;
    }

    /** How many nanoseconds the next byte has to wait for its turn on a slow line. */
    long waitNanos(long now) {
        return bytesPerSecond == UNLIMITED ? 0 : Math.max(0, freeAt - now);
    }

    /** How many of so many bytes may go at once. */
    int allowance(int wanted) {
        long allowed = wanted;
        if (bytesPerSecond != UNLIMITED) {
            allowed = Math.min(allowed, Math.max(1, bytesPerSecond / PARTS_PER_SECOND));
        }
        if (bytesBeforeCut >= 0) {
            allowed = Math.min(allowed, bytesBeforeCut);
        }
        return (int) allowed;
    }

    /** Spoils the one byte that is asked for, if it is among the next so many of the chunk. */
    void flip(ByteBuffer chunk, int count) {
        if (bytesBeforeFlip >= 0 && bytesBeforeFlip < count) {
            int position = chunk.position() + (int) bytesBeforeFlip;
            chunk.put(position, (byte) (chunk.get(position) ^ 0x20));
            bytesBeforeFlip = NEVER;
        }
    }

    /** Counts bytes that went through. */
    void passed(int count, long now) {
        bytes.addAndGet(count);
        if (bytesPerSecond != UNLIMITED) {
            long nanos = TimeUnit.SECONDS.toNanos(count) / bytesPerSecond;
            freeAt = Math.max(freeAt, now) + nanos;
        }
        if (bytesBeforeCut > 0) {
            bytesBeforeCut -= count;
        }
        if (bytesBeforeFlip > 0) {
            bytesBeforeFlip = Math.max(0, bytesBeforeFlip - count);
        }
    }
}
