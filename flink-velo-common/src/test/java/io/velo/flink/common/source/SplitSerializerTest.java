// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.Test;

class SplitSerializerTest {

    private final SplitSerializer<Page> splits = new SplitSerializer<>(new PageFormat(2));
    private final ScanStateSerializer<Page> states = new ScanStateSerializer<>(new PageFormat(2));

    @Test
    void readsBackWhatItWrote() throws IOException {
        Page page = new Page("ü".repeat(100_000), 7);

        assertThat(splits.deserialize(2, splits.serialize(page))).isEqualTo(page);
    }

    @Test
    void readsBackTheStateOfAScan() throws IOException {
        ScanState<Page> state = new ScanState<>(true, List.of(new Page("a", 1), new Page("b", 2)));

        assertThat(states.deserialize(1, states.serialize(state))).isEqualTo(state);
    }

    @Test
    void refusesStateOfANewerVersion() throws IOException {
        byte[] newer =
                new ScanStateSerializer<>(new PageFormat(3)).serialize(ScanState.unplanned());

        assertThatThrownBy(() -> splits.deserialize(3, new byte[8]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("1 to 2");
        assertThatThrownBy(() -> states.deserialize(1, newer)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesALengthThatTheBytesDoNotHave() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        out.writeInt(1 << 27);

        assertThatThrownBy(() -> splits.deserialize(2, out.getCopyOfBuffer()))
                .isInstanceOf(IOException.class);
    }

    private record Page(String splitId, int number) implements SourceSplit {}

    private record PageFormat(int version) implements SplitFormat<Page> {

        @Override
        public void write(Page page, DataOutputView out) throws IOException {
            StateBytes.writeText(page.splitId(), out);
            out.writeInt(page.number());
        }

        @Override
        public Page read(int ofVersion, DataInputView in) throws IOException {
            return new Page(StateBytes.readText(in), in.readInt());
        }
    }
}
