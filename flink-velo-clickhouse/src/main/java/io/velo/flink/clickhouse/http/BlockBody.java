// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.SealedBlock;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;

/**
 * The body of an insert: the bytes of a block in slices, from where they lie. The client's own
 * publisher of arrays would copy all of them first. Can be sent several times. Thread-safe.
 */
final class BlockBody implements HttpRequest.BodyPublisher {

    /** The client copies a slice to the socket's buffers whole, however little of it fits. */
    static final int SLICE_BYTES = 64 << 10;

    private final SealedBlock block;

    BlockBody(SealedBlock block) {
        this.block = block;
    }

    @Override
    public long contentLength() {
        return block.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Slices(block, subscriber));
    }

    /** Gives slices as they are asked for, one call at a time, also if asked while it gives one. */
    private static final class Slices implements Flow.Subscription {

        private final Deque<ByteBuffer> left;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long wanted;
        private boolean giving;
        private boolean ended;

        Slices(SealedBlock block, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.left = new ArrayDeque<>(block.pieces());
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                wanted = count > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + count;
                if (giving) {
                    return;
                }
                giving = true;
            }
            for (ByteBuffer slice = next(); slice != null; slice = next()) {
                subscriber.onNext(slice);
            }
            if (completes()) {
                subscriber.onComplete();
            }
        }

        @Override
        public synchronized void cancel() {
            ended = true;
        }

        /** The next slice; null, and nobody gives any more, if none is wanted or left. */
        private synchronized ByteBuffer next() {
            if (ended || wanted == 0 || left.isEmpty()) {
                giving = false;
                return null;
            }
            wanted--;
            ByteBuffer piece = left.peek();
            int length = Math.min(SLICE_BYTES, piece.remaining());
            ByteBuffer slice = piece.slice(piece.position(), length);
            piece.position(piece.position() + length);
            if (!piece.hasRemaining()) {
                left.remove();
            }
            return slice;
        }

        private synchronized boolean completes() {
            boolean now = !ended && !giving && left.isEmpty();
            ended |= now;
            return now;
        }
    }
}
