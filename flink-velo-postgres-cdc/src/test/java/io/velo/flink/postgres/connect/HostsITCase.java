// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers, a primary and its standby, behind one URI. */
@Timeout(400)
class HostsITCase {

    @Test
    void connectsToTheServerThatIsAskedFor() throws Exception {
        try (PostgresServer primary = RequiredServer.started(PostgresServer.create());
                PostgresServer standby = PostgresServer.create()) {
            primary.stop();
            makeStandby(primary, standby);
            primary.start();
            standby.start();
            List<PostgresServer> both = List.of(standby, primary);

            assertThat(port(both, TargetServer.ANY)).isEqualTo(standby.port());
            assertThat(port(both, TargetServer.PRIMARY)).isEqualTo(primary.port());
            assertThat(port(List.of(primary, standby), TargetServer.STANDBY))
                    .isEqualTo(standby.port());
            assertThat(port(List.of(primary, standby), TargetServer.PREFER_STANDBY))
                    .isEqualTo(standby.port());
            assertThat(open(both, TargetServer.ANY, SessionPurpose.WRITE))
                    .isEqualTo(primary.port());

            standby.kill();
            assertThat(port(both, TargetServer.ANY)).isEqualTo(primary.port());
            assertThat(port(both, TargetServer.PREFER_STANDBY)).isEqualTo(primary.port());
            assertThatThrownBy(() -> port(both, TargetServer.STANDBY))
                    .hasMessageContaining("VELO-IO-001");

            primary.kill();
            standby.start();
            assertThatThrownBy(() -> port(both, TargetServer.PRIMARY))
                    .hasMessageContaining("VELO-IO-001");
            promote(standby);
            assertThat(port(both, TargetServer.PRIMARY)).isEqualTo(standby.port());
        }
    }

    private static void makeStandby(PostgresServer primary, PostgresServer standby)
            throws IOException {
        Path from = primary.folder().resolve("data");
        Path to = standby.folder().resolve("data");
        Files.createDirectories(standby.folder());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(to.resolve("standby.signal"), "");
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port="
                        + primary.port()
                        + " user=velo password=velo'\n",
                StandardOpenOption.APPEND);
    }

    private static void promote(PostgresServer standby) {
        try (PostgresSession session =
                PostgresSession.open(
                        settings(List.of(standby), TargetServer.ANY), SessionPurpose.DISCOVERY)) {
            assertThat(session.texts("SELECT pg_promote()::text")).containsExactly("true");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port(List<PostgresServer> servers, TargetServer target) {
        return open(servers, target, SessionPurpose.SCAN);
    }

    private static int open(
            List<PostgresServer> servers, TargetServer target, SessionPurpose purpose) {
        try (PostgresSession session = PostgresSession.open(settings(servers, target), purpose)) {
            return Integer.parseInt(session.host().substring(session.host().indexOf(':') + 1));
        }
    }

    private static ConnectSettings settings(List<PostgresServer> servers, TargetServer target) {
        return new ConnectSettings(
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList(),
                Identifier.of("velo"),
                new Credentials("velo", Secret.of("velo")),
                SslMode.PREFER,
                "",
                target);
    }
}
