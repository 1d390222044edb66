// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs PostgreSQL with logical decoding. Writes are not flushed to the disk, which only the end of
 * the whole machine could make visible: commits survive the end of the processes.
 */
record PostgresProgram(
        PostgresPackage programs,
        ServerPlace place,
        String user,
        String password,
        Map<String, String> settings)
        implements ServerProgram {

    @Override
    public void fetch() {
        programs.folder();
        try {
            if (isRoot()) {
                requireUserNamespaces();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The user of this process is unknown.", e);
        }
    }

    @Override
    public void prepare() throws IOException {
        if (Files.exists(data())) {
            return;
        }
        Path passwordFile = place.folder().resolve("password");
        Files.writeString(passwordFile, password);
        List<String> words =
                new ArrayList<>(
                        words(
                                "initdb",
                                "-D",
                                data().toString(),
                                "-U",
                                user,
                                "-A",
                                "scram-sha-256",
                                "--pwfile=" + passwordFile,
                                "-E",
                                "UTF8",
                                "--no-locale",
                                "--no-sync"));
        if (programs.version().compareTo(PostgresVersion.V16) >= 0) {
            // Thousands of rounds protect a password that leaks, and cost each login milliseconds.
            words.addAll(List.of("-c", "scram_iterations=1"));
        }
        try {
            Command.in(place.folder()).run(words);
        } finally {
            Files.delete(passwordFile);
        }
        createDatabase();
    }

    /** Without a server: a program that reads one statement from its standard input. */
    private void createDatabase() throws IOException {
        Path statement = place.folder().resolve("create-database.sql");
        Files.writeString(statement, "CREATE DATABASE \"" + user + "\";\n");
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" <" + statement, "create"));
        shell.addAll(
                words("postgres", "--single", "-F", "-j", "-D", data().toString(), "postgres"));
        Command.in(place.folder()).run(shell);
        Files.delete(statement);
    }

    @Override
    public LeashedProcess launch() throws IOException {
        List<String> words =
                new ArrayList<>(
                        words(
                                "postgres",
                                "-D",
                                data().toString(),
                                "-p",
                                Integer.toString(place.port()),
                                "-F",
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "synchronous_commit=on",
                                "-c",
                                "wal_level=logical",
                                "-c",
                                "max_wal_senders=10",
                                "-c",
                                "max_replication_slots=10",
                                "-c",
                                "max_connections=200"));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return LeashedProcess.program(words, Map.of(), place.folder(), place.log());
    }

    @Override
    public boolean answers() throws IOException {
        return new PostgresProbe(place.port(), user).answers();
    }

    /** The one that ends sessions instead of waiting for them. */
    @Override
    public String endSignal() {
        return "INT";
    }

    private Path data() {
        return place.folder().resolve("data");
    }

    /** PostgreSQL refuses to run as root, so root becomes nobody in a user namespace of its own. */
    private List<String> words(String program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(programs.folder().resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    private void requireUserNamespaces() throws IOException {
        Command.require("unshare");
        try {
            Command.in(place.folder()).run("unshare", "-U", "sh", "-c", ":");
        } catch (ServerUnavailableException e) {
            throw new ServerUnavailableException(
                    "PostgreSQL does not run as root, and this system refuses user namespaces, in"
                            + " which root could be somebody else. Run as an ordinary user.",
                    e);
        }
    }

    /** The owner of a folder that we made is us. */
    private boolean isRoot() throws IOException {
        return Files.getAttribute(place.folder(), "unix:uid").equals(0);
    }
}
