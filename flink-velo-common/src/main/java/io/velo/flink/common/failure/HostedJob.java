// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobInfo;

/** The job of a source reader, which knows it only by its metrics. */
record HostedJob(JobID getJobId, String getJobName) implements JobInfo {

    /** The job that these variables of a metric group name. */
    static HostedJob of(Map<String, String> variables) {
        String id = variables.get("<job_id>");
        return new HostedJob(
                id == null ? new JobID(0, 0) : JobID.fromHexString(id),
                variables.getOrDefault("<job_name>", ""));
    }
}
