// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each mode against real certificates on a real server. */
@Timeout(400)
class TlsITCase {

    @TempDir static Path folder;

    private static PostgresServer server;
    private static Certificates certificates;

    @BeforeAll
    static void start() throws Exception {
        server = RequiredServer.started(PostgresServer.create());
        certificates = new Certificates(folder);
        certificates.signed("good", "ip:127.0.0.1", "-1d", 10);
        certificates.signed("other", "dns:other.example", "-1d", 10);
        certificates.signed("expired", "ip:127.0.0.1", "-10d", 5);
        certificates.selfSigned("own");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Lets the server show a certificate to all who connect from now on. */
    private static void show(String name) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(server.database()) + "?sslmode=disable",
                                server.username(),
                                server.password());
                Statement statement = connection.createStatement()) {
            set(statement, "ssl_cert_file", certificates.file(name + ".pem"));
            set(statement, "ssl_key_file", certificates.file(name + ".key"));
            set(statement, "ssl", "on");
        }
        server.restart();
    }

    private static void set(Statement statement, String name, String value) throws Exception {
        statement.execute("ALTER SYSTEM SET " + name + " = " + Quoting.literal(value));
    }

    private static ConnectSettings settings(SslMode mode, String authority) {
        return new ConnectSettings(
                List.of("127.0.0.1:" + server.port()),
                Identifier.of(server.database()),
                new Credentials(server.username(), Secret.of(server.password())),
                mode,
                authority);
    }

    private static boolean isEncrypted(SslMode mode, String authority) throws Exception {
        try (PostgresSession session =
                PostgresSession.open(settings(mode, authority), SessionPurpose.DISCOVERY)) {
            return session.texts("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .get(0)
                    .equals("true");
        }
    }

    private static void assertRefused(SslMode mode) {
        assertThatThrownBy(() -> isEncrypted(mode, certificates.authority()))
                .as("%s", mode)
                .hasMessageContaining("VELO-IO-001")
                .hasMessageContaining("certificate of PostgreSQL is not accepted");
    }

    @Test
    void acceptsACertificateThatIsTrustedAndNamesTheHost() throws Exception {
        show("good");
        assertThat(isEncrypted(SslMode.VERIFY_FULL, certificates.authority())).isTrue();
        assertThat(isEncrypted(SslMode.PREFER, "")).isTrue();
        assertThat(isEncrypted(SslMode.DISABLE, "")).isFalse();
    }

    @Test
    void refusesACertificateThatNamesAnotherHost() throws Exception {
        show("other");
        assertThat(isEncrypted(SslMode.VERIFY_CA, certificates.authority())).isTrue();
        assertRefused(SslMode.VERIFY_FULL);
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        show("expired");
        assertRefused(SslMode.VERIFY_CA);
        assertRefused(SslMode.VERIFY_FULL);
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        show("own");
        assertThat(isEncrypted(SslMode.REQUIRE, "")).isTrue();
        assertRefused(SslMode.VERIFY_CA);
        assertRefused(SslMode.VERIFY_FULL);
    }
}
