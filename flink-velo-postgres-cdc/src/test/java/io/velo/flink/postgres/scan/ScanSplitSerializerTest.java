// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanSplitSerializerTest {

    private static final ScanSplit SPLIT =
            new ScanSplit(
                    "public.t",
                    new KeyRange(
                            Optional.of(new KeyPoint(List.of("a", "b"), List.of("1", "ü\"'\\"))),
                            Optional.of(new KeyPoint(List.of("a", "b"), List.of("9", "")))),
                    42);

    private final ScanSplitSerializer splits = new ScanSplitSerializer();

    @Test
    void readsBackWhatItWrites() throws IOException {
        for (ScanSplit split : List.of(SPLIT, ScanSplit.unread("x", KeyRange.ALL))) {
            assertThat(splits.deserialize(1, splits.serialize(split))).isEqualTo(split);
        }
        ScanCheckpoint checkpoint =
                new ScanCheckpoint(List.of(SPLIT, ScanSplit.unread("x", KeyRange.ALL)));
        ScanCheckpointSerializer checkpoints = new ScanCheckpointSerializer();
        assertThat(checkpoints.deserialize(1, checkpoints.serialize(checkpoint)))
                .isEqualTo(checkpoint);
    }

    /** Checkpoints of older versions stay readable: these bytes must never change. */
    @Test
    void readsTheGoldenBytesOfVersionOne() throws IOException {
        String golden =
                "00"
                        + "00000001"
                        + "78"
                        + "00000001"
                        + "00000002"
                        + "6964"
                        + "00000001"
                        + "37"
                        + "00000000"
                        + "0000000000000003";
        ScanSplit split =
                new ScanSplit("x", KeyRange.ALL, 0)
                        .after(new KeyPoint(List.of("id"), List.of("7")), 3);

        assertThat(HexFormat.of().formatHex(splits.serialize(split))).isEqualTo(golden);
        assertThat(splits.deserialize(1, HexFormat.of().parseHex(golden))).isEqualTo(split);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> splits.deserialize(2, splits.serialize(SPLIT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Version 2");
        assertThatThrownBy(() -> splits.deserialize(1, new byte[] {9}))
                .hasMessageContaining("Kind 9");
    }

    @Test
    void keepsALongTextWhole() throws IOException {
        ScanSplit split =
                ScanSplit.unread("x", KeyRange.ALL)
                        .after(new KeyPoint(List.of("id"), List.of("ä".repeat(100_000))), 1);
        assertThat(splits.deserialize(1, splits.serialize(split))).isEqualTo(split);
    }
}
