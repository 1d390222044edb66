// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KeyQueueTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static KeyQueue<Integer> queue(int batchSize, Duration timeout, int capacity) {
        KeyQueue<Integer> queue = new KeyQueue<>(Settings.batches(batchSize, timeout, capacity));
        queue.users(1);
        return queue;
    }

    private static List<Integer> keys(List<PendingKey<Integer>> batch) {
        return batch.stream().map(PendingKey::key).toList();
    }

    @Test
    void givesFullBatchesAndThenTheRest() throws Exception {
        KeyQueue<Integer> queue = queue(2, LONG, 1000);
        for (int i = 0; i < 5; i++) {
            queue.add(i);
        }

        assertThat(keys(queue.take())).containsExactly(0, 1);
        assertThat(keys(queue.take())).containsExactly(2, 3);
        assertThat(keys(queue.take())).containsExactly(4);
    }

    @Test
    void waitsForNoMoreKeysThanFlinkKeepsUnderWay() throws Exception {
        KeyQueue<Integer> queue = queue(1000, LONG, 3);
        queue.add(1);
        queue.add(1);
        queue.add(2);

        assertThat(keys(queue.take())).containsExactly(1, 2);
    }

    @Test
    void asksOnceForAKeyThatManyRowsWant() throws Exception {
        KeyQueue<Integer> queue = queue(1000, LONG, 1000);
        CompletableFuture<Collection<RowData>> one = queue.add(7);
        CompletableFuture<Collection<RowData>> other = queue.add(7);

        assertThat(keys(queue.take())).containsExactly(7);
        assertThat(one).isSameAs(other);
    }

    @Test
    void asksAgainForRowsThatCameAfterTheRequestWasSent() throws Exception {
        KeyQueue<Integer> queue = queue(1000, LONG, 1000);
        CompletableFuture<Collection<RowData>> early = queue.add(7);
        List<PendingKey<Integer>> sent = queue.take();
        CompletableFuture<Collection<RowData>> late = queue.add(7);
        CompletableFuture<Collection<RowData>> later = queue.add(7);
        queue.add(8);

        // Never twice under way: the other key goes out alone.
        List<PendingKey<Integer>> others = queue.take();
        assertThat(keys(others)).containsExactly(8);
        queue.answered(sent);
        assertThat(keys(queue.take())).containsExactly(7);
        assertThat(late).isNotSameAs(early).isSameAs(later);
    }

    @Test
    void endsWaitingAndReturnsTheUnansweredWhenClosed() throws Exception {
        KeyQueue<Integer> queue = queue(1000, LONG, 1000);
        queue.add(1);
        queue.take();
        queue.add(1);
        CompletableFuture<List<PendingKey<Integer>>> waiting = take(queue);

        assertThat(keys(queue.close())).containsExactly(1);
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(queue.add(2)).isNull();
    }

    @Test
    void losesAndRepeatsNoKeyUnderManyThreads() throws Exception {
        KeyQueue<Integer> queue = queue(7, Duration.ofMillis(1), 50);
        List<CompletableFuture<Integer>> takers = List.of(count(queue), count(queue), count(queue));
        Set<CompletableFuture<Collection<RowData>>> answers = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            answers.add(queue.add(i));
        }
        for (CompletableFuture<Collection<RowData>> answer : answers) {
            answer.get(60, TimeUnit.SECONDS);
        }
        assertThat(queue.close()).isEmpty();

        int taken = 0;
        for (CompletableFuture<Integer> taker : takers) {
            taken += taker.get(60, TimeUnit.SECONDS);
        }
        assertThat(taken).isEqualTo(20_000);
    }

    private static CompletableFuture<List<PendingKey<Integer>>> take(KeyQueue<Integer> queue) {
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

    private static CompletableFuture<Integer> count(KeyQueue<Integer> queue) {
        return CompletableFuture.supplyAsync(
                () -> {
                    int taken = 0;
                    try {
                        List<PendingKey<Integer>> batch = queue.take();
                        while (!batch.isEmpty()) {
                            taken += batch.size();
                            queue.answered(batch);
                            batch.forEach(key -> key.answer().complete(List.of()));
                            batch = queue.take();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return taken;
                },
                task -> new Thread(task).start());
    }
}
