// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code velo servers}: starts servers and prints where they are. */
@Command(
        name = "servers",
        description = {
            "Starts real servers on this machine and prints their URIs, one a line, until "
                    + "Ctrl-C ends them and deletes their data."
        })
final class ServersCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KINDS",
            arity = "0..1",
            defaultValue = "postgres,kafka,redis,clickhouse",
            description = "Kinds separated by commas (default: ${DEFAULT-VALUE}).")
    private String kinds;

    @Option(names = "--json", description = "Prints one line of JSON instead.")
    private boolean json;

    @Option(
            names = "--env",
            description = {
                "Prints lines VELO_KAFKA_ADDRESS=host:port and so on instead. In SQL they are",
                "$${env:VELO_KAFKA_ADDRESS} and so on, if 'velo sql' has them in its environment."
            })
    private boolean env;

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console();
        try (LocalServers servers = LocalServers.start(kinds, console)) {
            if (json) {
                System.out.println(
                        servers.addresses().stream()
                                .map(ServerAddress::json)
                                .collect(Collectors.joining(", ", "[", "]")));
            } else if (env) {
                servers.variables().forEach((key, value) -> System.out.println(key + "=" + value));
            } else {
                servers.addresses().forEach(address -> System.out.println(address.uri()));
            }
            System.out.flush();
            console.say("Ready. Ctrl-C ends the servers.");
            awaitInterrupt();
            return 0;
        }
    }

    /** Ctrl-C ends the JVM, and its end closes the servers. */
    static void awaitInterrupt() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
