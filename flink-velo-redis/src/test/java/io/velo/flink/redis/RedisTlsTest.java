// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.testkit.server.LocalhostCertificate;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir Path folder;
    private LocalhostCertificate certificate;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = LocalhostCertificate.in(folder);
    }

    @AfterEach
    void forgetTrust() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void connectsToAServerWhoseCertificateIsTrustedAndNamesTheHost() throws Exception {
        trust();
        try (ScriptedServer server = new ScriptedServer(sockets());
                RedisSession session = session(server, "localhost")) {
            session.open();
            assertThat(session.endpoint().shown()).startsWith("rediss://localhost:");
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        trust();
        try (ScriptedServer server = new ScriptedServer(sockets());
                RedisSession session = session(server, "127.0.0.1")) {
            assertThatThrownBy(session::open)
                    .hasMessageContaining("The encrypted connection to Redis server 127.0.0.1:")
                    .hasMessageContaining("valid for the host name");
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        try (ScriptedServer server = new ScriptedServer(sockets());
                RedisSession session = session(server, "localhost")) {
            assertThatThrownBy(session::open)
                    .hasMessageContaining("VELO-IO-001")
                    .hasMessageContaining("trusted by the JVM");
        }
    }

    private void trust() {
        System.setProperty(TRUST_STORE, certificate.keyStore().toString());
        System.setProperty(TRUST_STORE_PASSWORD, certificate.password());
    }

    private static RedisSession session(ScriptedServer server, String host) {
        return new RedisSession(
                new RedisEndpoint(host, server.endpoint().port(), 0, true, Credentials.NONE),
                RetryPlan.ONCE);
    }

    private ServerSocketFactory sockets() throws Exception {
        return certificate.context().getServerSocketFactory();
    }
}
