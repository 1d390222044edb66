// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.Sandbox;
import io.velo.flink.dist.sandbox.SandboxException;
import io.velo.flink.dist.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo sql}: Flink's SQL Client on a cluster of its own that has Velo. */
@Command(
        name = "sql",
        description = {
            "Opens Flink's SQL Client on a local cluster that has Velo in its lib folder,",
            "or runs a file of statements and ends with code 1 if one of them fails."
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
    public Integer call() {
        if (file != null && !Files.isReadable(file)) {
            throw new SandboxException("File " + file + " cannot be read.");
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
            return file == null
                    ? converse(sandbox, servers)
                    : sandbox.runSql(file, System.out::println).exitCode();
        }
    }

    private static int converse(Sandbox sandbox, LocalServers servers) {
        servers.addresses().forEach(address -> System.err.println("  " + address.uri()));
        // Ctrl-C cancels a query of the SQL Client; it must not end the cluster below it.
        Interrupts.ignore();
        return sandbox.openSqlClient();
    }
}
