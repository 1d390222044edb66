// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
        return with(draft -> draft.flinkVersion = version);
    }

    /** With so many TaskManagers of so many slots each. */
    public SandboxOptions withTaskManagers(int count, int slotsOfEach) {
        return with(
                draft -> {
                    draft.taskManagers = count;
                    draft.slots = slotsOfEach;
                });
    }

    /** With this time between two checkpoints. */
    public SandboxOptions withCheckpointInterval(Duration interval) {
        return with(draft -> draft.checkpointInterval = interval);
    }

    /** With one more jar, or folder with jars, on the class path of every process. */
    public SandboxOptions withJars(Path jarOrFolder) {
        return with(draft -> draft.classPath.add(jarOrFolder.toAbsolutePath()));
    }

    /** With one more entry of Flink's configuration. */
    public SandboxOptions withSetting(String key, String value) {
        return with(draft -> draft.settings.put(key, value));
    }

    /** With these variables in the environment of every process, added to those given before. */
    public SandboxOptions withEnvironment(Map<String, String> variables) {
        return with(draft -> draft.environment.putAll(variables));
    }

    /** With a work folder that stays after the sandbox is closed. */
    public SandboxOptions withWorkFolder(Path folder) {
        return with(draft -> draft.workFolder = Optional.of(folder.toAbsolutePath()));
    }

    /** With somebody who listens to what takes long. */
    public SandboxOptions withProgress(Consumer<String> listener) {
        return with(draft -> draft.progress = listener);
    }

    private SandboxOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The same options while one of them changes. */
    private static final class Draft {

        private String flinkVersion;
        private int taskManagers;
        private int slots;
        private Duration checkpointInterval;
        private final List<Path> classPath;
        private final Map<String, String> settings;
        private final Map<String, String> environment;
        private Optional<Path> workFolder;
        private Consumer<String> progress;

        Draft(SandboxOptions options) {
            flinkVersion = options.flinkVersion;
            taskManagers = options.taskManagers;
            slots = options.slots;
            checkpointInterval = options.checkpointInterval;
            classPath = new ArrayList<>(options.classPath);
            settings = new HashMap<>(options.settings);
            environment = new HashMap<>(options.environment);
            workFolder = options.workFolder;
            progress = options.progress;
        }

        SandboxOptions options() {
            return new SandboxOptions(
                    flinkVersion,
                    taskManagers,
                    slots,
                    checkpointInterval,
                    classPath,
                    settings,
                    environment,
                    workFolder,
                    progress);
        }
    }
}
