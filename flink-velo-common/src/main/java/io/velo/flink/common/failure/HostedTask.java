// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.Map;
import org.apache.flink.api.common.TaskInfo;

/**
 * The task of a source reader, which knows it mostly by its metrics.
 *
 * @param variables of the reader's metric group
 */
record HostedTask(Map<String, String> variables, int index, int parallelism) implements TaskInfo {

    @Override
    public String getTaskName() {
        return variables.getOrDefault("<task_name>", "");
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return parallelism;
    }

    @Override
    public int getIndexOfThisSubtask() {
        return index;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return parallelism;
    }

    @Override
    public int getAttemptNumber() {
        return Integer.parseInt(variables.getOrDefault("<task_attempt_num>", "0"));
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return getTaskName() + " (" + (index + 1) + "/" + parallelism + ")";
    }

    @Override
    public String getAllocationIDAsString() {
        return "";
    }
}
