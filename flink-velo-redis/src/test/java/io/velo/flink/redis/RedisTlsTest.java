// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.secret.Credentials;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    @TempDir Path folder;
    private Path keys;

    /** A certificate for the name localhost and for no address. */
    @BeforeEach
    void makeCertificate() throws Exception {
        keys = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                keys.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
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
        System.setProperty(TRUST_STORE, keys.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    private static RedisSession session(ScriptedServer server, String host) {
        return new RedisSession(
                new RedisEndpoint(host, server.endpoint().port(), 0, true, Credentials.NONE),
                RetryPlan.ONCE);
    }

    private ServerSocketFactory sockets() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
