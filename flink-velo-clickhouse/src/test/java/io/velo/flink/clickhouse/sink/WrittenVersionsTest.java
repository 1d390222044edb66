// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What versions a restored job gives, whose writers know those of some of the earlier ones. */
class WrittenVersionsTest {

    private static final long SLACK = 10_000L << HybridClock.COUNTER_BITS;
    private static final int MOST = 128;

    @Test
    void aWriterKnowsWhatItGaveAndAllowsForTheOthersIfTheirNumberChanges() {
        List<WrittenVersions> state = WrittenVersions.state(1_000, 2, MOST);
        assertThat(state).hasSize(64);
        assertThat(WrittenVersions.floor(state, 2)).isEqualTo(1_000);
        assertThat(WrittenVersions.floor(state, 3)).isEqualTo(1_000 + SLACK);
        assertThat(WrittenVersions.floor(List.of(), 3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterAHundredRescalesVersionsAreStillGreaterThanAllBeforeAndCloseToTheTime(long seed) {
        Random random = new Random(seed);
        long now = 1_700_000_000_000L;
        List<HybridClock> writers = new ArrayList<>();
        writers.add(clock(0, now));
        long greatest = 0;
        for (int i = 0; i < 100; i++) {
            List<WrittenVersions> state = new ArrayList<>();
            for (HybridClock writer : writers) {
                long last = rows(writer, random.nextInt(100));
                greatest = Math.max(greatest, last);
                state.addAll(WrittenVersions.state(writer.soFar(), writers.size(), MOST));
            }
            now += 12_000 + random.nextInt(60_000);
            int parallelism = 1 + random.nextInt(8);
            writers = restored(state, parallelism, now, random);
            for (HybridClock writer : writers) {
                assertThat(writer.getAsLong()).isGreaterThan(greatest);
            }
            long ahead = writers.stream().mapToLong(HybridClock::soFar).max().orElse(0);
            assertThat((ahead >> HybridClock.COUNTER_BITS) - now).isLessThanOrEqualTo(10_001);
        }
    }

    /** Each gets its part of the states of all writers, one behind the other, as Flink does it. */
    private static List<HybridClock> restored(
            List<WrittenVersions> state, int parallelism, long now, Random random) {
        List<HybridClock> writers = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            List<WrittenVersions> part =
                    state.subList(
                            i * state.size() / parallelism, (i + 1) * state.size() / parallelism);
            assertThat(part).isNotEmpty();
            // Each is behind the server's time by what the answer took.
            writers.add(
                    clock(WrittenVersions.floor(part, parallelism), now - random.nextInt(1_000)));
        }
        return writers;
    }

    private static HybridClock clock(long floor, long millis) {
        return new HybridClock(floor, () -> millis);
    }

    private static long rows(HybridClock clock, int count) {
        long last = 0;
        for (int i = 0; i <= count; i++) {
            last = clock.getAsLong();
        }
        return last;
    }
}
