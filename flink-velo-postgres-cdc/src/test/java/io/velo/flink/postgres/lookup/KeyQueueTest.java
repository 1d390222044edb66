// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyQueueTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static KeyQueue queue(int batchSize, Duration timeout, int capacity) {
        return new KeyQueue(new TableLookup.Limits(batchSize, timeout, capacity));
    }

    private static PendingKey key(int value) {
        return new PendingKey(List.of("" + value), new CompletableFuture<>());
    }

    @Test
    void givesAFullBatchAtOnceAndKeepsTheRest() throws Exception {
        KeyQueue queue = queue(2, LONG, 1000);
        for (int i = 0; i < 5; i++) {
            queue.add(key(i));
        }

        assertThat(queue.take()).hasSize(2);
        assertThat(queue.take()).hasSize(2);
        CompletableFuture<List<PendingKey>> third = take(queue);
        queue.add(key(5));
        assertThat(third.get().get(0).values()).containsExactly("4");
        assertThat(third.get()).hasSize(2);
    }

    @Test
    void givesWhatIsThereWhenTheTimeIsOver() throws Exception {
        KeyQueue queue = queue(1000, Duration.ofMillis(20), 1000);
        queue.add(key(1));

        assertThat(queue.take()).hasSize(1);
    }

    @Test
    void doesNotWaitWhenNoMoreKeysCanCome() throws Exception {
        KeyQueue queue = queue(1000, LONG, 3);
        queue.add(key(1));
        queue.add(key(2));
        queue.add(key(3));
        assertThat(queue.take()).hasSize(3);

        queue.answered(2);
        CompletableFuture<List<PendingKey>> next = take(queue);
        queue.add(key(4));
        queue.add(key(5));
        assertThat(next.get()).hasSize(2);
    }

    @Test
    void endsWaitingAndReturnsTheUnansweredWhenClosed() throws Exception {
        KeyQueue queue = queue(1000, LONG, 1000);
        CompletableFuture<List<PendingKey>> one = take(queue);
        CompletableFuture<List<PendingKey>> other = take(queue);
        queue.add(key(1));

        assertThat(queue.close()).hasSize(1);
        assertThat(one.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(other.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(queue.add(key(2))).isFalse();
    }

    @Test
    void losesAndRepeatsNoKeyUnderManyThreads() throws Exception {
        KeyQueue queue = queue(7, Duration.ofMillis(1), 50);
        List<CompletableFuture<Integer>> takers = List.of(count(queue), count(queue), count(queue));
        for (int i = 0; i < 20_000; i++) {
            queue.add(key(i));
        }
        while (queue.underWay() > 0) {
            Thread.onSpinWait();
        }
        queue.close();

        int taken = 0;
        for (CompletableFuture<Integer> taker : takers) {
            taken += taker.get(10, TimeUnit.SECONDS);
        }
        assertThat(taken).isEqualTo(20_000);
    }

    private static CompletableFuture<List<PendingKey>> take(KeyQueue queue) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.take();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    private static CompletableFuture<Integer> count(KeyQueue queue) {
        return CompletableFuture.supplyAsync(
                () -> {
                    int taken = 0;
                    try {
                        for (List<PendingKey> b = queue.take(); !b.isEmpty(); b = queue.take()) {
                            taken += b.size();
                            queue.answered(b.size());
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return taken;
                },
                task -> new Thread(task).start());
    }
}
