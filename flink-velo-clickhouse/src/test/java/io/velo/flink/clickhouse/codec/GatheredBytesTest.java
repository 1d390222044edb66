// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is gathered, in memory and in a file. */
class GatheredBytesTest {

    private static final int ALL = 300_000;

    @ParameterizedTest
    @ValueSource(ints = {1 << 16, 1 << 17, 1 << 25})
    void everyPartIsThereWhereverItIs(int mostInMemory) throws IOException {
        byte[] all = new byte[ALL];
        new Random(7).nextBytes(all);
        try (GatheredBytes bytes = new GatheredBytes(mostInMemory)) {
            bytes.gather(new ByteArrayInputStream(all));
            assertThat(bytes.length()).isEqualTo(ALL);
            for (int from : new int[] {0, 1, 65_535, 65_536, 131_072, 299_990}) {
                assertThat(bytes.read(from, 10))
                        .isEqualTo(Arrays.copyOfRange(all, from, from + 10));
            }
            assertThat(bytes.read(0, ALL)).isEqualTo(all);
            for (long[] outside : new long[][] {{-1, 1}, {0, ALL + 1}, {ALL, 1}, {5, -1}}) {
                assertThatThrownBy(() -> bytes.read(outside[0], outside[1]))
                        .hasMessageContaining("points outside of itself");
            }
        }
    }

    @Test
    void aFileThatWasClosedByAnotherThreadIsNotReadAnyMore() throws IOException {
        GatheredBytes bytes = new GatheredBytes(1 << 16);
        bytes.gather(new ByteArrayInputStream(new byte[ALL]));
        bytes.close();
        assertThatThrownBy(() -> bytes.read(0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsClosedWhileItIsGatheredEnds() {
        GatheredBytes bytes = new GatheredBytes(1 << 16);
        InputStream endless =
                new InputStream() {
                    private int calls;

                    @Override
                    public int read() {
                        return 1;
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        if (++calls == 10) {
                            bytes.close();
                        }
                        return length;
                    }
                };
        assertThatThrownBy(() -> bytes.gather(endless)).isInstanceOf(IOException.class);
    }
}
