// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.uri.HostPort;
import io.velo.flink.postgres.sql.Identifier;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a database is and how to log in. Prints no secret. Immutable, therefore thread-safe;
 * travels to the workers, the password as it was written.
 *
 * @param hosts the servers with their ports, in the order in which they are tried, at least one
 * @param database the database
 * @param credentials the login; without a user name the driver takes the one of the process
 * @param sslMode how the connection is protected
 * @param sslRootCertificate file with the trusted authorities, in PEM; empty for the default
 * @param target which of several servers is connected to
 */
public record ConnectSettings(
        List<String> hosts,
        Identifier database,
        Credentials credentials,
        SslMode sslMode,
        String sslRootCertificate,
        TargetServer target)
        implements Serializable {

    /** The port of a host that has none. */
    public static final int DEFAULT_PORT = 5432;

    /** What can stand in an address; all else could change the meaning of the driver's URL. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:\\[\\]-]+");

    public ConnectSettings {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || !hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw Problem.of(ErrorCode.URI_SYNTAX, "A PostgreSQL URI needs a host name or address.")
                    .remedy("Write postgresql://host:5432/database.")
                    .toException();
        }
    }

    /** A database on the first of its servers that answers. */
    public ConnectSettings(
            List<String> hosts,
            Identifier database,
            Credentials credentials,
            SslMode sslMode,
            String sslRootCertificate) {
        this(hosts, database, credentials, sslMode, sslRootCertificate, TargetServer.ANY);
    }

    /** The servers of a URI, with the default port where none is written. */
    public static List<String> addresses(List<HostPort> hosts) {
        return hosts.stream().map(host -> host.orPort(DEFAULT_PORT).toString()).toList();
    }

    /** The same servers and login for another database. */
    public ConnectSettings withDatabase(Identifier other) {
        return new ConnectSettings(hosts, other, credentials, sslMode, sslRootCertificate, target);
    }

    /** The same database and login on one of the servers. */
    public ConnectSettings withHost(String host) {
        return new ConnectSettings(
                List.of(host), database, credentials, sslMode, sslRootCertificate, target);
    }

    /** The same database, login and servers, of which those of this kind are connected to. */
    public ConnectSettings withTarget(TargetServer wanted) {
        return new ConnectSettings(
                hosts, database, credentials, sslMode, sslRootCertificate, wanted);
    }

    /** The user name as messages show it. */
    public String shownUser() {
        return credentials.user().isEmpty()
                ? Optional.ofNullable(System.getProperty("user.name")).orElse("")
                : credentials.user();
    }

    /** The place as messages show it: without login. */
    public String place() {
        return "postgresql://" + String.join(",", hosts) + "/" + database;
    }

    @Override
    public String toString() {
        return place();
    }
}
