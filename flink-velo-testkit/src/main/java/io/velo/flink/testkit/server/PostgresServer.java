// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server with logical decoding ({@code wal_level=logical}) and one superuser, who must
 * give a password (SCRAM-SHA-256), and a database of the superuser's name. Commits survive {@link
 * #kill()}.
 */
public final class PostgresServer extends HostedServer {

    private static final String KIND = "postgres";
    private static final String USER = "velo";
    private static final String PASSWORD = "velo";

    private final PostgresVersion version;
    private final Map<String, String> settings;

    private PostgresServer(ServerPlace place, PostgresVersion version) {
        this(place, version, Map.of());
    }

    private PostgresServer(
            ServerPlace place, PostgresVersion version, Map<String, String> settings) {
        super(KIND, place);
        this.version = version;
        this.settings = Map.copyOf(settings);
    }

    /**
     * A server of version 16 with a new temporary folder; not started.
     *
     * @param settings of its configuration, beside those that all have
     */
    public static PostgresServer createWith(Map<String, String> settings) {
        return new PostgresServer(ServerPlace.temporary(KIND), PostgresVersion.V16, settings);
    }

    /** A server of version 16 with a new folder among the machine's temporary ones; not started. */
    public static PostgresServer create() {
        return create(PostgresVersion.V16);
    }

    /** A server of this version with a new temporary folder; not started. */
    public static PostgresServer create(PostgresVersion version) {
        return new PostgresServer(ServerPlace.temporary(KIND), version);
    }

    /** A server of version 16 with a new folder of its own in the given one; not started. */
    public static PostgresServer create(Path workFolder) {
        return create(workFolder, PostgresVersion.V16);
    }

    /** A server of this version with a new folder of its own in the given one; not started. */
    public static PostgresServer create(Path workFolder, PostgresVersion version) {
        return new PostgresServer(ServerPlace.in(workFolder, KIND), version);
    }

    /** The server's version. */
    public PostgresVersion version() {
        return version;
    }

    /** Always 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
    }

    /** The superuser. */
    public String username() {
        return USER;
    }

    /** The superuser's password. */
    public String password() {
        return PASSWORD;
    }

    /** The database that is there from the start. */
    public String database() {
        return USER;
    }

    /** The URL of a database for JDBC, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /**
     * The URI of something in a database, with the login inside.
     *
     * @param parameters what follows the question mark, such as {@code table=orders&cdc=true}
     */
    public String uri(String database, String parameters) {
        return "postgresql://"
                + USER
                + ":"
                + PASSWORD
                + "@127.0.0.1:"
                + port()
                + "/"
                + database
                + "?"
                + parameters;
    }

    /** {@code postgresql://velo@127.0.0.1:PORT/velo}. */
    @Override
    public String uri() {
        return "postgresql://" + USER + "@127.0.0.1:" + port() + "/" + database();
    }

    @Override
    ServerProgram program() {
        return new PostgresProgram(new PostgresPackage(version), place(), USER, PASSWORD, settings);
    }

    @Override
    ContainerImage image() {
        return new ContainerImage(
                version.image(),
                5432,
                Map.of("POSTGRES_USER", USER, "POSTGRES_PASSWORD", PASSWORD),
                words(),
                Map.of());
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("postgres", "-c", "fsync=off"));
        words.addAll(List.of("-c", "wal_level=logical", "-c", "max_connections=200"));
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return words;
    }
}
