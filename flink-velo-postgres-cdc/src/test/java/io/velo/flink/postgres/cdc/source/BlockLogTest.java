// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLogTest {

    @TempDir Path folder;

    private static List<String> replay(BlockLog log) throws Exception {
        List<String> messages = new ArrayList<>();
        BlockLog.Replay replay = log.replay();
        for (byte[] message = replay.next(); message != null; message = replay.next()) {
            messages.add(replay.lsn() + ":" + new String(message).strip());
        }
        return messages;
    }

    private long files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void leavesOutWhatWasRolledBackWhateverCameBehindIt() throws Exception {
        try (BlockLog log = new BlockLog(folder)) {
            log.add(1, 10, "xa".getBytes(), 1, 1);
            log.add(2, 20, "b".getBytes(), 0, 1);
            log.add(1, 30, "c".getBytes(), 0, 1);
            log.undo(2);
            log.add(3, 40, "d".getBytes(), 0, 1);

            assertThat(replay(log)).containsExactly("10:a", "30:c", "40:d");
            assertThat(files()).isZero();
        }
    }

    @Test
    void keepsALargeTransactionInAFileAndRemovesIt() throws Exception {
        byte[] message = new byte[1000];
        try (BlockLog log = new BlockLog(folder)) {
            for (int i = 0; i < 5000; i++) {
                log.add(1, i, message, 0, message.length);
            }
            assertThat(files()).isEqualTo(1);
            assertThat(log.spilled()).isEqualTo(5_000_000);
            assertThat(replay(log)).hasSize(5000);
        }
        assertThat(files()).isZero();
    }
}
