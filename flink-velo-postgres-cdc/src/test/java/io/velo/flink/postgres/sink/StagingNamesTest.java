// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagingNamesTest {

    private final String owner = StagingNames.owner("job", "operator", 8);
    private final StagingNames names = StagingNames.start(owner);

    @Test
    void tellWriterAndEpoch() {
        String name = names.name(42);

        assertThat(name).hasSizeLessThanOrEqualTo(63);
        assertThat(StagingNames.writer(name, owner)).isEqualTo(names.writer());
        assertThat(StagingNames.epoch(name, names.writer())).isEqualTo(42);
    }

    @Test
    void tellWritersOfAnotherJobFromThoseOfAnotherSubtask() {
        assertThat(StagingNames.isOf(names.writer(), "job", "operator", 128)).isTrue();
        assertThat(StagingNames.isOf(names.writer(), "green", "operator", 128)).isFalse();
        assertThat(StagingNames.isOf(names.writer(), "job", "other", 128)).isFalse();
    }
}
