// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.JavaProgram;
import io.velo.flink.testkit.server.Leash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Starts the child JVMs of one sandbox and remembers those that run. Thread-safe. */
final class ClusterPrograms {

    private static final String COLOUR = "\u001b\\[[0-9;?]*[a-zA-Z]";

    /** Variables that would mix a Flink of the user's with this one. */
    private static final Set<String> OF_ANOTHER_FLINK =
            Set.of("FLINK_HOME", "FLINK_LIB_DIR", "FLINK_PLUGINS_DIR");

    private final FlinkDistribution flink;
    private final WorkFolder folder;
    private final SandboxOptions options;
    private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger runs = new AtomicInteger();

    ClusterPrograms(FlinkDistribution flink, WorkFolder folder, SandboxOptions options) {
        this.flink = flink;
        this.folder = folder;
        this.options = options;
    }

    /** The file that the named process logs into. */
    Path logOf(String name) {
        return folder.log().resolve(name + ".log");
    }

    /** A program with Flink's {@code lib} and the sandbox's jars on its class path. */
    JavaProgram program(String name, String mainClass, List<String> arguments) {
        JavaProgram program =
                FlinkJvm.running(mainClass, arguments)
                        .property("log.file", logOf(name))
                        .property("java.io.tmpdir", folder.tmp())
                        .property(
                                "log4j.configurationFile",
                                folder.conf().resolve("log4j.properties"))
                        .classes(folder.leash())
                        .jars(flink.lib());
        options.classPath().forEach(program::jars);
        return program;
    }

    /** The SQL Client, which logs failed statements into the file {@code failures}. */
    JavaProgram sqlClient(String name, List<String> arguments, Path failures) {
        return program(name, "org.apache.flink.table.client.SqlClient", arguments)
                .jars(flink.opt())
                .option("-Xmx512m")
                .option("-XX:TieredStopAtLevel=1")
                .property(
                        "log4j.configurationFile",
                        folder.conf().resolve("log4j-sql-client.properties"))
                .property("velo.failures", failures);
    }

    /** A name for one more run of a client. */
    String nextName(String kind) {
        return kind + "-" + runs.incrementAndGet();
    }

    /** Starts a server of the cluster; what it prints goes to a file beside its log. */
    ChildProcess startServer(String name, JavaProgram program) {
        Path printed = folder.log().resolve(name + ".out");
        return start(name, builder(program.words(Leash.PIPE)).redirectOutput(printed.toFile()));
    }

    /** Runs a client to its end, passes on each line it prints, and returns how it ended. */
    ProgramOutcome run(String name, JavaProgram program, Consumer<String> lines) {
        ChildProcess child = start(name, builder(program.words(Leash.PIPE)));
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = child.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String plain = line.replaceAll(COLOUR, "");
                output.append(plain).append('\n');
                lines.accept(plain);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The output of the " + name + " cannot be read.", e);
        } finally {
            running.remove(child);
        }
        return new ProgramOutcome(child.waitFor(), output.toString());
    }

    /** A shell script that becomes the program; the program ends with this JVM. */
    String script(JavaProgram program) {
        StringBuilder text = new StringBuilder("unset");
        OF_ANOTHER_FLINK.stream().sorted().forEach(name -> text.append(' ').append(name));
        text.append("\ncd ").append(quoted(folder.root().toString())).append('\n');
        environment()
                .forEach(
                        (name, value) ->
                                text.append("export " + name + "=" + quoted(value) + "\n"));
        text.append("exec");
        String parent = Long.toString(ProcessHandle.current().pid());
        program.words(parent).forEach(word -> text.append(' ').append(quoted(word)));
        return text.append('\n').toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(options.environment());
        environment.put("FLINK_CONF_DIR", folder.conf().toString());
        return environment;
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(folder.root().toFile())
                        .redirectErrorStream(true);
        builder.environment().keySet().removeAll(OF_ANOTHER_FLINK);
        builder.environment().putAll(environment());
        return builder;
    }

    private ChildProcess start(String name, ProcessBuilder builder) {
        try {
            ChildProcess child = new ChildProcess(name, builder.start());
            running.add(child);
            return child;
        } catch (IOException e) {
            throw new SandboxException("The " + name + " cannot be started.", e);
        }
    }

    /** Processes that were started and have not ended, in no particular order. */
    List<ChildProcess> running() {
        running.removeIf(child -> !child.isAlive());
        return new ArrayList<>(running);
    }

    /** Whether the statements of a finished SQL Client all succeeded. */
    static boolean noneFailed(Path failures) {
        try {
            return !Files.exists(failures) || Files.size(failures) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("File " + failures + " cannot be read.", e);
        }
    }
}
