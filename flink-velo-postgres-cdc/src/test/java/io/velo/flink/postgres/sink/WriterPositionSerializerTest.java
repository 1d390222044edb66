// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import org.junit.jupiter.api.Test;

class WriterPositionSerializerTest {

    private final WriterPositionSerializer serializer = new WriterPositionSerializer();

    @Test
    void readsWhatItWrites() throws Exception {
        WriterPosition position = new WriterPosition("owner_writer", 42);

        assertThat(serializer.getVersion()).isEqualTo(2);
        assertThat(serializer.deserialize(2, serializer.serialize(position))).isEqualTo(position);
    }

    /** Writers of that format may be missing in the ledger, and their rows would be removed. */
    @Test
    void refusesTheFirstFormatAndSaysHowToGoOn() throws Exception {
        byte[] bytes = serializer.serialize(new WriterPosition("owner_writer", 42));

        assertThatThrownBy(() -> serializer.deserialize(1, bytes))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-IO-007")
                .hasMessageContaining("has format 1")
                .hasMessageContaining("Stop the job with a savepoint");
    }
}
