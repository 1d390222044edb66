// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.sink.StagingTable.Rerun;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.junit.jupiter.api.Test;

class StagedTableSinkTest {

    @Test
    void whatWasWrittenCountsOnlyForAJobThatGoesOnFromACheckpoint() {
        Configuration job = new Configuration();
        job.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        assertThat(StagedTableSink.rerun(job)).isEqualTo(Rerun.REPEATS);
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ZERO);
        assertThat(StagedTableSink.rerun(job)).isEqualTo(Rerun.REPEATS);
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        assertThat(StagedTableSink.rerun(job)).isEqualTo(Rerun.RESUMES);
        job.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        assertThat(StagedTableSink.rerun(job)).isEqualTo(Rerun.REPEATS);
    }
}
