// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Lets faults happen in the background while some work is done, at points of the work that a seed
 * determines, and says afterwards which of them really hit it. Faults begin between 15 and 80 % of
 * the work, one after the other, in the given order again and again. The thread {@code
 * velo-fault-schedule} ends with the last fault or with {@link #close()}. Thread-safe.
 */
public final class FaultSchedule implements AutoCloseable {

    /** With fewer faults that hit, a test proves nothing. */
    public static final int FEWEST_LANDINGS = 3;

    private static final double FIRST = 0.15;
    private static final double LAST = 0.80;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final Duration END = Duration.ofMinutes(3);

    /** For a fault that waits for what it is to hit, on a machine that is busy. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final long seed;
    private final List<Fault> faults;
    private final int times;
    private final Duration length;
    private final DoubleSupplier work;
    private final List<Landing> landings = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "velo-fault-schedule");

    private volatile double until = FIRST;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    private FaultSchedule(
            long seed, List<Fault> faults, int times, Duration length, DoubleSupplier work) {
        this.seed = seed;
        this.faults = List.copyOf(faults);
        this.times = times;
        this.length = length;
        this.work = work;
        thread.setDaemon(true);
    }

    /**
     * Starts a schedule.
     *
     * @param seed determines when
     * @param faults what happens, in this order again and again
     * @param times how many faults happen
     * @param length how long each of them lasts at least: until it {@link Fault#hasHappened()}, but
     *     30 s at most
     * @param work the part of the work that is done, from 0 to 1
     */
    public static FaultSchedule start(
            long seed, List<Fault> faults, int times, Duration length, DoubleSupplier work) {
        FaultSchedule schedule = new FaultSchedule(seed, faults, times, length, work);
        schedule.thread.start();
        return schedule;
    }

    private void run() {
        try {
            SplittableRandom random = new SplittableRandom(seed);
            double step = (LAST - FIRST) / times;
            for (int i = 0; i < times && !closing; i++) {
                double point = FIRST + step * (i + 0.8 * random.nextDouble());
                // A fault that begins late still has work of its step before it.
                until = point + 0.1 * step;
                if (waitFor(point)) {
                    happen(faults.get(i % faults.size()), FIRST + step * (i + 1));
                }
            }
            until = 1;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /**
     * The part of the work that may be done while the next fault is to come or lasts, from 0 to 1:
     * work that goes on behind it meets fewer faults than it should.
     */
    public double mayBeDone() {
        return closing || failure != null ? 1 : until;
    }

    private boolean waitFor(double point) {
        while (work.getAsDouble() < point) {
            if (closing) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private void happen(Fault fault, double stepEnd) {
        double begin = work.getAsDouble();
        fault.begin();
        until = stepEnd;
        Fault.Effect effect;
        try {
            long begun = System.nanoTime();
            while (isToLast(fault, System.nanoTime() - begun) && !closing) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } finally {
            effect = fault.end();
        }
        synchronized (landings) {
            landings.add(new Landing(fault.title(), begin, work.getAsDouble(), effect));
        }
    }

    private boolean isToLast(Fault fault, long nanos) {
        return nanos < length.toNanos() || nanos < LONGEST.toNanos() && !fault.hasHappened();
    }

    /** The faults that are over, in their order. */
    public List<Landing> landings() {
        synchronized (landings) {
            return List.copyOf(landings);
        }
    }

    /**
     * @throws AssertionError if fewer than {@value #FEWEST_LANDINGS} faults hit the middle of the
     *     work: then a run without anomalies says nothing
     */
    public void requireLandings() {
        long counted = landings().stream().filter(Landing::counts).count();
        if (counted < Math.min(times, FEWEST_LANDINGS)) {
            throw new AssertionError(
                    "Only "
                            + counted
                            + " faults hit the work between 10 and 90 % of it: "
                            + landings()
                            + ". Give it more work or a lower rate.");
        }
    }

    /**
     * Ends the fault that lasts, and waits for it.
     *
     * @throws IllegalStateException if a fault failed to begin or end
     */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(END.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("A fault could not be made or mended.", failure);
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("A fault does not end: seed " + seed + ".");
        }
    }
}
