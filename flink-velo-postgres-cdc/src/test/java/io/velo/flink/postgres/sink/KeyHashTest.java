// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyHashTest {

    private static final int KEYS = 5_000;

    /** Places of a table that is half full: random hashes would take about 4,250 of them. */
    private static final int PLACES = 1 << 14;

    @Test
    void spreadsNumbersThatFollowEachOther() {
        assertThat(places(1, KeyHashTest::number)).isGreaterThan(4_000);
        assertThat(places(1_000_000_007L, KeyHashTest::number)).isGreaterThan(4_000);
        assertThat(places(-2_500, KeyHashTest::number)).isGreaterThan(4_000);
    }

    @Test
    void spreadsTextsThatEndInNumbers() {
        assertThat(places(1, i -> text("customer-" + i))).isGreaterThan(4_000);
        assertThat(places(1, i -> text(i + "@example.org, who has a long address")))
                .isGreaterThan(4_000);
    }

    @Test
    void looksAtNothingButTheKey() {
        byte[] one = {9, 0, 0, 0, 2, 'a', 'b', 9};
        byte[] other = {0, 0, 0, 2, 'a', 'b', 7, 7};

        assertThat(KeyHash.of(one, 1, 7)).isEqualTo(KeyHash.of(other, 0, 6));
    }

    private static long places(long first, LongFunction<byte[]> key) {
        return LongStream.range(first, first + KEYS)
                .mapToObj(key)
                .mapToInt(bytes -> KeyHash.of(bytes, 0, bytes.length) & PLACES - 1)
                .distinct()
                .count();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(12).putInt(8).putLong(value).array();
    }

    private static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
    }
}
