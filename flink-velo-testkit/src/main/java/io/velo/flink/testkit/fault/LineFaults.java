// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import io.velo.flink.testkit.fault.Fault.Effect;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Faults of the line between clients and a server, by a proxy. */
public final class LineFaults {

    private LineFaults() {}

    /** Half-open: connections stay and new ones are accepted, but no byte moves. */
    public static Fault hang(FaultProxy proxy) {
        return new SimpleFault(
                "half-open line",
                () -> {
                    proxy.hang(Way.TO_SERVER);
                    proxy.hang(Way.TO_CLIENT);
                },
                () -> {
                    // Clients that gave up are gone; what they left behind must not come through.
                    Effect effect = effect(proxy.open());
                    proxy.reset();
                    proxy.heal();
                    return effect;
                });
    }

    /** The next answer is lost after its request was applied, and so is the connection. */
    public static Fault loseAnswer(FaultProxy proxy) {
        return counted("lost answer", proxy, () -> proxy.cutAfter(Way.TO_CLIENT, 0), proxy::cuts);
    }

    /** A request is cut after so many bytes, and so is the connection. */
    public static Fault cutRequest(FaultProxy proxy, long afterBytes) {
        return counted(
                "cut request", proxy, () -> proxy.cutAfter(Way.TO_SERVER, afterBytes), proxy::cuts);
    }

    /** Every connection is reset, once. */
    public static Fault reset(FaultProxy proxy) {
        AtomicLong victims = new AtomicLong();
        return new SimpleFault(
                "reset line",
                () -> {
                    victims.set(proxy.open());
                    proxy.reset();
                },
                () -> effect(victims.get()));
    }

    /** Connections are reset and new ones refused. */
    public static Fault refuse(FaultProxy proxy) {
        AtomicLong victims = new AtomicLong();
        return new SimpleFault(
                "refused connections",
                () -> {
                    proxy.refuse();
                    victims.set(proxy.open());
                    proxy.reset();
                },
                () -> {
                    proxy.accept();
                    return effect(victims.get());
                });
    }

    /** Every chunk is late and the line is slow, both ways. */
    public static Fault slow(FaultProxy proxy, Duration perChunk, long bytesPerSecond) {
        return counted(
                "slow line",
                proxy,
                () -> {
                    proxy.delay(perChunk);
                    proxy.limit(Way.TO_SERVER, bytesPerSecond);
                    proxy.limit(Way.TO_CLIENT, bytesPerSecond);
                },
                () -> proxy.bytes(Way.TO_SERVER));
    }

    /** A fault that had an effect if the counter grew from its begin to its end. */
    private static Fault counted(
            String title, FaultProxy proxy, Runnable onset, LongSupplier counter) {
        AtomicLong before = new AtomicLong();
        return new SimpleFault(
                title,
                () -> {
                    before.set(counter.getAsLong());
                    onset.run();
                },
                () -> counter.getAsLong() > before.get(),
                () -> {
                    proxy.heal();
                    return effect(counter.getAsLong() - before.get());
                });
    }

    private static Effect effect(long count) {
        return count > 0 ? Effect.DISTURBED : Effect.NOTHING;
    }
}
