// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code config.yaml} of a sandbox: everything bound to 127.0.0.1, explicit small memory sizes,
 * checkpoints into the work folder, and jobs that restart but do not restart for ever.
 */
final class FlinkConfiguration {

    private final Map<String, String> settings = new TreeMap<>();

    FlinkConfiguration(SandboxOptions options, WorkFolder folder, int restPort, int rpcPort) {
        addresses(restPort, rpcPort);
        memory(options);
        folders(folder);
        jobs(options);
        settings.putAll(options.settings());
    }

    private void addresses(int restPort, int rpcPort) {
        put("jobmanager.rpc.address", "127.0.0.1");
        put("jobmanager.bind-host", "127.0.0.1");
        put("jobmanager.rpc.port", rpcPort);
        put("rest.address", "127.0.0.1");
        put("rest.bind-address", "127.0.0.1");
        // Not rest.bind-port: the SQL Client's own gateway would want the same one.
        put("rest.port", restPort);
        put("taskmanager.host", "127.0.0.1");
        put("taskmanager.bind-host", "127.0.0.1");
        // A killed TaskManager is missed after seconds, not after the default 50.
        put("heartbeat.interval", "2 s");
        put("heartbeat.timeout", "20 s");
    }

    private void memory(SandboxOptions options) {
        put("taskmanager.cpu.cores", "1.0");
        put("taskmanager.numberOfTaskSlots", options.slots());
        put("taskmanager.memory.framework.heap.size", "128m");
        put("taskmanager.memory.task.heap.size", "384m");
        put("taskmanager.memory.framework.off-heap.size", "64m");
        put("taskmanager.memory.task.off-heap.size", "64m");
        put("taskmanager.memory.network.min", "64m");
        put("taskmanager.memory.network.max", "64m");
        put("taskmanager.memory.managed.size", "256m");
        put("taskmanager.memory.jvm-metaspace.size", "256m");
        put("taskmanager.memory.jvm-overhead.min", "64m");
        put("taskmanager.memory.jvm-overhead.max", "64m");
    }

    private void folders(WorkFolder folder) {
        put("io.tmp.dirs", folder.tmp());
        put("web.tmpdir", folder.tmp());
        put("blob.storage.directory", folder.tmp());
        put("process.working-dir", folder.tmp());
        put("execution.checkpointing.dir", folder.checkpoints().toUri());
    }

    private void jobs(SandboxOptions options) {
        put("execution.target", "remote");
        put("execution.checkpointing.interval", options.checkpointInterval().toMillis() + " ms");
        put("restart-strategy.type", "exponential-delay");
        put("restart-strategy.exponential-delay.initial-backoff", "500 ms");
        put("restart-strategy.exponential-delay.max-backoff", "5 s");
        put("restart-strategy.exponential-delay.reset-backoff-threshold", "2 min");
        // A job that fails at once after each restart ends, and the SQL Client says why.
        put("restart-strategy.exponential-delay.attempts-before-reset-backoff", "5");
        put("sql-client.execution.result-mode", "tableau");
    }

    private void put(String key, Object value) {
        settings.put(key, value.toString());
    }

    /** Writes the file; Flink accepts its keys unnested. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (key, value) ->
                        text.append(key)
                                .append(": '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        Files.writeString(file, text);
    }
}
