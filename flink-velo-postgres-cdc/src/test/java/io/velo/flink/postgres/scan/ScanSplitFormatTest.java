// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.source.SplitSerializer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScanSplitFormatTest {

    private static final ScanSplit SPLIT =
            new ScanSplit(
                    "public.t",
                    new KeyRange(
                            Optional.of(new KeyPoint(List.of("a", "b"), List.of("1", "ü\"'\\"))),
                            Optional.of(new KeyPoint(List.of("a"), List.of("9"))),
                            true),
                    Optional.empty(),
                    Optional.empty(),
                    42);

    private static final ScanSplit BLOCKS =
            ScanSplit.unread("x", KeyRange.ALL)
                    .of(new BlockRange(0, OptionalLong.of(7)))
                    .at(new Snapshot("0003-1", "h:5432"));

    private final SplitSerializer<ScanSplit> splits = new SplitSerializer<>(new ScanSplitFormat());

    @Test
    void readsBackWhatItWrites() throws IOException {
        ScanSplit last = BLOCKS.of(new BlockRange(7, OptionalLong.empty()));
        ScanSplit whole = ScanSplit.unread("x", KeyRange.ALL);
        for (ScanSplit split : List.of(SPLIT, BLOCKS, last, whole, whole.after(3))) {
            assertThat(splits.deserialize(1, splits.serialize(split))).isEqualTo(split);
        }
    }

    /** Checkpoints of older versions stay readable: these bytes must never change. */
    @Test
    void readsTheGoldenBytesOfVersionOne() throws IOException {
        String golden =
                "00000001"
                        + "78"
                        + "00000001"
                        + "00000002"
                        + "6964"
                        + "00000001"
                        + "37"
                        + "00000000"
                        + "01"
                        + "0000000000000000"
                        + "0000000000000007"
                        + "00000006"
                        + "303030332d31"
                        + "00000006"
                        + "683a35343332"
                        + "0000000000000003";
        ScanSplit split = BLOCKS.after(new KeyPoint(List.of("id"), List.of("7")), 3);

        assertThat(HexFormat.of().formatHex(splits.serialize(split))).isEqualTo(golden);
        assertThat(splits.deserialize(1, HexFormat.of().parseHex(golden))).isEqualTo(split);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> splits.deserialize(2, splits.serialize(SPLIT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> splits.deserialize(1, new byte[] {9}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keepsALongTextWhole() throws IOException {
        ScanSplit split =
                ScanSplit.unread("x", KeyRange.ALL)
                        .after(new KeyPoint(List.of("id"), List.of("ä".repeat(100_000))), 1);
        assertThat(splits.deserialize(1, splits.serialize(split))).isEqualTo(split);
    }
}
