// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.Sandbox;
import io.velo.flink.dist.sandbox.SandboxException;
import io.velo.flink.dist.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo sql}: Flink's SQL Client on a cluster of its own that has Velo. */
@Command(
        name = "sql",
        description = {
            "Opens Flink's SQL Client on a local cluster that has Velo in its lib folder, or "
                    + "runs a file of statements and ends with code 1 if one of them fails."
        },
        footer = {
            "",
            "A server that --servers starts is known to SQL by references to the environment:",
            "  kafka://$${env:VELO_KAFKA_ADDRESS}/topic",
            "  redis://$${env:VELO_REDIS_ADDRESS}?key_pattern=user:{id}",
            "  postgresql://$${env:VELO_POSTGRES_ADDRESS}/velo?table=t",
            "    with 'username'='$${env:VELO_POSTGRES_USERNAME}',",
            "         'password'='$${env:VELO_POSTGRES_PASSWORD}'",
            "  clickhouse://$${env:VELO_CLICKHOUSE_ADDRESS}/default?table=t",
            "Variables VELO_... of your own environment reach the cluster as well."
        })
final class SqlCommand implements Callable<Integer> {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Runs the statements of this file instead of asking for them.")
    private Path file;

    /** Where to put the shell script that opens the client; the script velo runs it. */
    @Option(names = "--client", hidden = true)
    private Path client;

    @Option(
            names = "--servers",
            paramLabel = "KINDS",
            defaultValue = "",
            description = "Starts these servers first: kinds separated by commas.")
    private String kinds;

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many TaskManagers to start (default: ${DEFAULT-VALUE}).")
    private int taskManagers;

    @Override
    public Integer call() throws IOException {
        if (file != null && !Files.isReadable(file)) {
            throw new SandboxException("File " + file + " cannot be read.");
        }
        if (file == null && client == null) {
            throw new SandboxException(
                    "The SQL Client needs a terminal: start it by the script velo, or give a file"
                            + " with -f.");
        }
        Console console = new Console();
        SandboxOptions options =
                SandboxOptions.standard()
                        .withTaskManagers(taskManagers, 4)
                        .withJars(VeloHome.bundle())
                        .withJars(VeloHome.memoryScheme())
                        .withProgress(console::say);
        try (LocalServers servers = LocalServers.start(kinds, console);
                Sandbox sandbox = Sandbox.start(options.withEnvironment(servers.variables()))) {
            console.say("Web UI: " + sandbox.webUi());
            if (file != null) {
                return sandbox.runSql(file, System.out::println).exitCode();
            }
            servers.addresses().forEach(address -> System.err.println("  " + address.uri()));
            handOver(sandbox.sqlClientScript());
            return 0;
        }
    }

    /** Gives the client to the script velo, and keeps the cluster up until that has ended. */
    private void handOver(String script) throws IOException {
        Path draft = client.resolveSibling(client.getFileName() + ".draft");
        Files.writeString(draft, script);
        Files.move(draft, client, StandardCopyOption.ATOMIC_MOVE);
        while (System.in.read() >= 0) {
            // What is written means nothing; the end of the input does.
        }
    }
}
