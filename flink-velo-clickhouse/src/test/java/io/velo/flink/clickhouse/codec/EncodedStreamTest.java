// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Where the bytes of an answer in an HTTP encoding end. */
class EncodedStreamTest {

    private static byte[] packed(byte... behind) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[100_000]);
        }
        packed.write(behind);
        return packed.toByteArray();
    }

    @Test
    void whoReadsToTheEndHasReadTheEncodedBytesToTheirEnd() throws IOException {
        AtomicBoolean ended = new AtomicBoolean();
        InputStream encoded =
                new BulkStream() {
                    private final InputStream bytes = new ByteArrayInputStream(packed());

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        // As from a network: never more than a little, and no word of what is left.
                        int count = bytes.read(target, offset, Math.min(length, 10));
                        ended.set(count < 0);
                        return count;
                    }
                };
        assertThat(new EncodedStream(encoded, "gzip").readAllBytes()).hasSize(100_000);
        assertThat(ended).isTrue();
    }

    @Test
    void whatStandsBehindTheEndIsNoPartOfAnAnswer() throws IOException {
        InputStream encoded = new ByteArrayInputStream(packed(new byte[200_000]));
        assertThatThrownBy(() -> new EncodedStream(encoded, "gzip").readAllBytes())
                .hasMessageContaining("VELO-IO-006");
    }
}
