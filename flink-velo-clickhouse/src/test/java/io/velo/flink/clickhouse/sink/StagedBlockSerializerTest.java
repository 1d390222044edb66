// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Blocks in checkpoints of this version and of the former one. */
class StagedBlockSerializerTest {

    private final StagedBlockSerializer serializer = new StagedBlockSerializer();

    @Test
    void aBlockComesBackAsItWas() throws IOException {
        StagedBlock block = block(StagedBlock.FORMAT);
        StagedBlock again = again(block);
        assertThat(again).usingRecursiveComparison().isEqualTo(block);
        assertThat(again.countsPartitions()).isTrue();
    }

    @Test
    void aBlockOfTheFormerFormatKeepsThatItsNumberIsOfOnePartition() throws IOException {
        StagedBlock former = serializer.deserialize(1, formerBytes());
        assertThat(former).usingRecursiveComparison().isEqualTo(block(1));
        assertThat(former.countsPartitions()).isFalse();
        assertThat(again(former).countsPartitions())
                .as("also if it waits for another checkpoint")
                .isFalse();
    }

    @Test
    void aLaterFormatIsRefused() {
        int later = StagedBlock.FORMAT + 1;
        assertThatThrownBy(() -> serializer.deserialize(later, new byte[0]))
                .hasMessageContaining("blocks of format " + later);
    }

    private StagedBlock again(StagedBlock block) throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(block));
    }

    private static StagedBlock block(int format) {
        return new StagedBlock(
                "tok",
                "INSERT",
                5,
                60,
                7,
                8_000,
                9,
                10,
                "LZ4",
                new byte[] {1, 2},
                "f",
                format < 3 ? "" : "id d.t",
                format);
    }

    private static byte[] formerBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, "tok");
            text(out, "INSERT");
            out.writeInt(5);
            out.writeLong(60);
            out.writeInt(7);
            out.writeLong(8_000);
            out.writeLong(9);
            out.writeLong(10);
            text(out, "LZ4");
            out.writeInt(2);
            out.write(new byte[] {1, 2});
            text(out, "f");
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
