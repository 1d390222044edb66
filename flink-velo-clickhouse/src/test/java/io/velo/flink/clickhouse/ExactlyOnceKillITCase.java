// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly-once under kills of task managers and of the server, in short. */
class ExactlyOnceKillITCase {

    private static final String PARTITIONED = "ENGINE = MergeTree ORDER BY id PARTITION BY id % 3";

    private final long seed = System.nanoTime();

    @Test
    void everyRowIsThereOnceByTheWindow() throws Exception {
        run(
                "window",
                PARTITIONED + " SETTINGS non_replicated_deduplication_window = 1000",
                false,
                "");
    }

    @Test
    void everyRowIsThereOnceByTheMarker(@TempDir Path folder) throws Exception {
        run(
                "marker",
                PARTITIONED,
                true,
                "&commit_marker=true&staging=filesystem&staging_path=" + folder);
    }

    private void run(String name, String engine, boolean marker, String options) throws Exception {
        new ExactlyOnceRun(
                        name,
                        seed,
                        250_000,
                        20_000,
                        5,
                        2,
                        engine,
                        marker,
                        "&batch_size=2000" + options)
                .run();
    }
}
