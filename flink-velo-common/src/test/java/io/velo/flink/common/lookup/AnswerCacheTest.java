// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private static final Collection<RowData> ROWS = List.of(Shelf.row(1, "a"));

    private final AtomicLong now = new AtomicLong(-1_000_000_000_000L);

    private AnswerCache<Integer> cache(
            int rows, Duration write, Duration access, boolean misses, boolean expired) {
        return new AnswerCache<>(new PartialCache(rows, write, access, misses, expired), now::get);
    }

    private void pass(int seconds) {
        now.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void forgetsTheLeastRecentlyUsedWhenItIsFull() {
        AnswerCache<Integer> cache = cache(2, null, null, true, false);
        cache.put(1, ROWS);
        cache.put(2, ROWS);
        assertThat(cache.get(1)).isEqualTo(ROWS);
        cache.put(3, ROWS);

        assertThat(cache.get(2)).isNull();
        assertThat(cache.get(1)).isEqualTo(ROWS);
        assertThat(cache.get(3)).isEqualTo(ROWS);
    }

    @Test
    void asksAgainAfterTheTimeSinceWriting() {
        AnswerCache<Integer> cache = cache(9, Duration.ofSeconds(10), null, true, false);
        cache.put(1, ROWS);
        pass(9);
        assertThat(cache.get(1)).isEqualTo(ROWS);
        pass(1);
        assertThat(cache.get(1)).isNull();
    }

    @Test
    void forgetsWhatNobodyUses() {
        AnswerCache<Integer> cache = cache(9, null, Duration.ofSeconds(10), true, false);
        cache.put(1, ROWS);
        pass(9);
        assertThat(cache.get(1)).isEqualTo(ROWS);
        pass(9);
        assertThat(cache.get(1)).isEqualTo(ROWS);
        pass(10);
        assertThat(cache.get(1)).isNull();
    }

    @Test
    void doesNotGrowByWhatHasExpired() {
        AnswerCache<Integer> cache =
                cache(Integer.MAX_VALUE, Duration.ofSeconds(10), null, true, false);
        for (int key = 0; key < 10_000; key++) {
            cache.put(key, ROWS);
            cache.get(key / 2);
            pass(1);
        }
        assertThat(cache.size()).isLessThan(30);
    }

    @Test
    void keepsWhatHasExpiredForTheTimeWhenNobodyAnswers() {
        AnswerCache<Integer> cache = cache(2, Duration.ofSeconds(10), null, true, true);
        cache.put(1, ROWS);
        pass(100);
        cache.put(2, ROWS);

        assertThat(cache.get(1)).isNull();
        assertThat(cache.stale(1)).isEqualTo(ROWS);
        cache.put(3, ROWS);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void remembersMissesOnlyIfAsked() {
        AnswerCache<Integer> with = cache(2, null, null, true, false);
        with.put(1, List.of());
        assertThat(with.get(1)).isEmpty();

        AnswerCache<Integer> without = cache(2, null, null, false, false);
        without.put(1, ROWS);
        without.put(1, List.of());
        assertThat(without.get(1)).isNull();
    }
}
