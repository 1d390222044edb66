// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Timers that fire when their owner looks, in its thread. Used by one thread. */
final class OwnTimers implements ProcessingTimeService {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    @Override
    public long getCurrentProcessingTime() {
        return System.currentTimeMillis();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        Timer timer = new Timer(timestamp, target);
        timers.add(timer);
        return timer;
    }

    /** Fires what is due. */
    void fireDue() throws Exception {
        long now = getCurrentProcessingTime();
        while (!timers.isEmpty() && timers.peek().due <= now) {
            Timer timer = timers.remove();
            if (!timer.isDone()) {
                timer.target.onProcessingTime(timer.due);
                timer.complete(null);
            }
        }
    }

    /** Milliseconds until the next timer, or the given longest time. */
    long untilNext(long longest) {
        if (timers.isEmpty()) {
            return longest;
        }
        long left = timers.peek().due - getCurrentProcessingTime();
        return Math.max(0, Math.min(longest, left));
    }

    private static final class Timer extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {

        private final long due;
        private final ProcessingTimeCallback target;

        Timer(long due, ProcessingTimeCallback target) {
            this.due = due;
            this.target = target;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Timer) other).due);
        }
    }
}
