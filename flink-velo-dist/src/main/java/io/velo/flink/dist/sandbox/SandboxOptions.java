// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a sandbox cluster is to look like. Immutable: each method returns a changed copy.
 *
 * @param flinkVersion the Flink version, such as {@code 2.3.0}
 * @param taskManagers how many TaskManagers {@link Sandbox#start} starts, at least 1
 * @param slots task slots of each TaskManager
 * @param checkpointInterval time between two checkpoints of a job
 * @param classPath folders with jars, or single jars, that every process has behind Flink's own
 * @param settings entries of Flink's configuration that win over the sandbox's own
 * @param environment variables of every process, besides those of this one
 * @param workFolder where everything is written; empty for a new temporary folder
 * @param progress takes one sentence per step that takes long
 */
public record SandboxOptions(
        String flinkVersion,
        int taskManagers,
        int slots,
        Duration checkpointInterval,
        List<Path> classPath,
        Map<String, String> settings,
        Map<String, String> environment,
        Optional<Path> workFolder,
        Consumer<String> progress) {

    public SandboxOptions {
        if (taskManagers < 1 || slots < 1) {
            throw new IllegalArgumentException(
                    "A sandbox needs at least one TaskManager with at least one slot.");
        }
        Objects.requireNonNull(flinkVersion);
        classPath = List.copyOf(classPath);
        settings = Map.copyOf(settings);
        environment = Map.copyOf(environment);
    }

    /**
     * One TaskManager of four slots, a checkpoint every two seconds, {@link FlinkVersion#current()}
     * and nothing but Flink on the class path.
     */
    public static SandboxOptions standard() {
        return new SandboxOptions(
                FlinkVersion.current(),
                1,
                4,
                Duration.ofSeconds(2),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                sentence -> {});
    }

    /** With this Flink version. */
    public SandboxOptions withFlinkVersion(String version) {
        return new SandboxOptions(
                version,
                taskManagers,
                slots,
                checkpointInterval,
                classPath,
                settings,
                environment,
                workFolder,
                progress);
    }

    /** With so many TaskManagers of so many slots each. */
    public SandboxOptions withTaskManagers(int count, int slotsOfEach) {
        return new SandboxOptions(
                flinkVersion,
                count,
                slotsOfEach,
                checkpointInterval,
                classPath,
                settings,
                environment,
                workFolder,
                progress);
    }

    /** With this time between two checkpoints. */
    public SandboxOptions withCheckpointInterval(Duration interval) {
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                interval,
                classPath,
                settings,
                environment,
                workFolder,
                progress);
    }

    /** With one more jar, or folder with jars, on the class path of every process. */
    public SandboxOptions withJars(Path jarOrFolder) {
        List<Path> more = new ArrayList<>(classPath);
        more.add(jarOrFolder.toAbsolutePath());
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                checkpointInterval,
                more,
                settings,
                environment,
                workFolder,
                progress);
    }

    /** With one more entry of Flink's configuration. */
    public SandboxOptions withSetting(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                checkpointInterval,
                classPath,
                more,
                environment,
                workFolder,
                progress);
    }

    /** With these variables in the environment of every process, added to those given before. */
    public SandboxOptions withEnvironment(Map<String, String> variables) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.putAll(variables);
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                checkpointInterval,
                classPath,
                settings,
                more,
                workFolder,
                progress);
    }

    /** With a work folder that stays after the sandbox is closed. */
    public SandboxOptions withWorkFolder(Path folder) {
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                checkpointInterval,
                classPath,
                settings,
                environment,
                Optional.of(folder.toAbsolutePath()),
                progress);
    }

    /** With somebody who listens to what takes long. */
    public SandboxOptions withProgress(Consumer<String> listener) {
        return new SandboxOptions(
                flinkVersion,
                taskManagers,
                slots,
                checkpointInterval,
                classPath,
                settings,
                environment,
                workFolder,
                listener);
    }
}
