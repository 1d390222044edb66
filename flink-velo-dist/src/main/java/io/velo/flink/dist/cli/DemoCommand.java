// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.demo.DemoData;
import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import io.velo.flink.dist.sandbox.SandboxException;
import io.velo.flink.dist.sandbox.SandboxOptions;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo demo}: the quickstart, from nothing to a result. */
@Command(
        name = "demo",
        description = {
            "Starts PostgreSQL, Kafka, Redis, ClickHouse and a Flink cluster on this machine, "
                    + "loads flight data, runs sql-examples/quickstart.sql by the SQL Client and prints "
                    + "the result read back from ClickHouse.",
            "Leaves nothing behind."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String KINDS = "postgres,kafka,redis,clickhouse";
    private static final String SCRIPT = "sql-examples/quickstart.sql";

    @Option(names = "--keep", description = "Keeps everything up until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Path script = VeloHome.resolve(SCRIPT);
        if (!Files.isReadable(script)) {
            throw new SandboxException("File " + script + " cannot be read.");
        }
        Console console = new Console();
        SandboxOptions options =
                SandboxOptions.standard()
                        .withTaskManagers(2, 4)
                        .withJars(VeloHome.bundle())
                        .withProgress(console::say);
        try (LocalServers servers = LocalServers.start(KINDS, console);
                Sandbox sandbox = Sandbox.start(options.withEnvironment(servers.variables()))) {
            console.say("Web UI: " + sandbox.webUi());
            load(servers, console);
            return run(sandbox, servers, script, console) ? end(console, sandbox, servers) : 1;
        }
    }

    private static void load(LocalServers servers, Console console)
            throws IOException, SQLException {
        DemoData data = new DemoData(VeloHome.resolve("sql-examples/data"));
        List<byte[]> flights = data.flights();
        data.sendFlights(servers.find(KafkaServer.class).orElseThrow(), flights);
        long airports = data.loadAirports(servers.find(PostgresServer.class).orElseThrow());
        int states = data.loadStates(servers.find(RedisServer.class).orElseThrow());
        console.say(
                String.format(
                        "Loaded %d flights into Kafka, %d airports into PostgreSQL, %d states into"
                                + " Redis.",
                        flights.size(), airports, states));
    }

    private static boolean run(
            Sandbox sandbox, LocalServers servers, Path script, Console console) {
        console.say("Running " + SCRIPT + " by the SQL Client.");
        ProgramOutcome outcome = sandbox.runSql(script, DemoCommand::printResult);
        if (!outcome.succeeded()) {
            System.err.println(outcome.output());
            System.err.println("velo: A statement of " + SCRIPT + " failed; it is printed above.");
            return false;
        }
        new DemoResult(servers).print(System.out);
        return true;
    }

    /** The rows of a SELECT. The statements themselves are in the file, with comments. */
    private static void printResult(String line) {
        int table = line.indexOf("+--");
        if (line.startsWith("|") || line.matches("\\d+ rows? in set.*")) {
            System.out.println(line);
        } else if (table >= 0) {
            System.out.println(line.substring(table));
        }
    }

    private int end(Console console, Sandbox sandbox, LocalServers servers)
            throws InterruptedException {
        System.out.println();
        System.out.println("What this did:");
        System.out.println("  started PostgreSQL, Kafka, Redis and ClickHouse as plain processes,");
        System.out.println("  started Flink (one JobManager, two TaskManagers) with Velo in lib/,");
        System.out.println("  loaded the flights, airports and states of sql-examples/data,");
        System.out.println("  ran " + SCRIPT + " and read its result back from ClickHouse.");
        if (keep) {
            System.out.println("Web UI: " + sandbox.webUi());
            servers.addresses().forEach(address -> System.out.println("  " + address.uri()));
            System.out.flush();
            console.say("All of it stays up. Ctrl-C ends it.");
            ServersCommand.awaitInterrupt();
        } else {
            System.out.println("It all ends now and leaves nothing; --keep would keep it up.");
        }
        return 0;
    }
}
