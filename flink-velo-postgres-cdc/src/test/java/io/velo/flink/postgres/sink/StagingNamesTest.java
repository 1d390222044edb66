// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagingNamesTest {

    private final String owner = StagingNames.owner("job", "operator", 8);
    private final StagingNames names = StagingNames.start(owner);

    @Test
    void tellOwnerWriterAndEpoch() {
        String name = names.name(42);

        assertThat(name).hasSizeLessThanOrEqualTo(63);
        assertThat(StagingNames.writerOf(name)).isEqualTo(names.writer());
        assertThat(StagingNames.ownerOf(names.writer())).isEqualTo(owner);
        assertThat(StagingNames.epoch(name, names.writer())).isEqualTo(42);
    }

    @Test
    void areNotMistakenForTablesOfOthers() {
        assertThat(StagingNames.writerOf("velo_commits")).isNull();
        assertThat(StagingNames.writerOf(names.name(1) + "_old")).isNull();
        assertThat(StagingNames.writerOf("velo_my_own_1_2")).isNull();
    }

    @Test
    void tellWritersOfAnotherJobFromThoseOfAnotherSubtask() {
        assertThat(StagingNames.owners("job", "operator", 0, 1, 128)).hasSize(128).contains(owner);
        assertThat(StagingNames.owners("job", "operator", 2, 3, 128)).contains(owner);
        assertThat(StagingNames.owners("job", "operator", 1, 3, 128)).doesNotContain(owner);
        assertThat(StagingNames.owners("green", "operator", 0, 1, 128)).doesNotContain(owner);
        assertThat(StagingNames.owners("job", "other", 0, 1, 128)).doesNotContain(owner);
    }
}
