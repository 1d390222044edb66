// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.testkit.server.LocalhostCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and proxies that the JVM is told to use. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsAndProxyTest {

    private static final SealedBlock LARGE = SealedBlock.of(new byte[1 << 20], 1, 1 << 20);

    @TempDir static Path folder;
    private static SSLContext trusting;

    private final SSLContext own = SSLContext.getDefault();
    private final ProxySelector proxies = ProxySelector.getDefault();

    TlsAndProxyTest() throws Exception {}

    /** A certificate for the name localhost and for no address. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        trusting = LocalhostCertificate.in(folder).context();
    }

    @AfterEach
    void forget() {
        SSLContext.setDefault(own);
        ProxySelector.setDefault(proxies);
    }

    private static ScriptedHttp encrypted() throws IOException {
        return new ScriptedHttp(
                trusting.getServerSocketFactory(),
                line -> {
                    while (true) {
                        line.request();
                        line.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1\n");
                    }
                });
    }

    @Test
    void anEncryptedConnectionCarriesQueriesAndBlocks() throws Exception {
        SSLContext.setDefault(trusting);
        try (ScriptedHttp server = encrypted()) {
            HttpTransport transport = to("localhost", server.port(), true);
            assertThat(transport.rows("SELECT 1")).containsExactly(List.of("1"));
            assertThat(transport.insert("I", LARGE, Map.of()).get(60, TimeUnit.SECONDS))
                    .isEqualTo(-1);
            assertThat(transport.rows("SELECT 1")).containsExactly(List.of("1"));
            assertThat(server.connections()).as("it is kept").isLessThan(3);
        }
    }

    @Test
    void aHostThatHangsUpBeforeTlsIsPassedOver() throws Exception {
        SSLContext.setDefault(trusting);
        try (ScriptedHttp gone = new ScriptedHttp(line -> line.socket().getInputStream().read());
                ScriptedHttp server = encrypted()) {
            HttpTransport transport =
                    to(List.of("localhost:" + gone.port(), "localhost:" + server.port()), true);
            assertThat(transport.rows("SELECT 1")).containsExactly(List.of("1"));
            assertThat(gone.connections()).isEqualTo(1);
            assertThatThrownBy(() -> to("localhost", gone.port(), true).rows("SELECT 1"))
                    .satisfies(
                            failure ->
                                    assertThat(Explanation.classify(failure))
                                            .isEqualTo(FailureClass.TRANSIENT));
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        SSLContext.setDefault(trusting);
        try (ScriptedHttp server = encrypted()) {
            assertRefused(to("127.0.0.1", server.port(), true));
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (ScriptedHttp server = encrypted()) {
            assertRefused(to("localhost", server.port(), true));
            assertThat(server.heads()).isEmpty();
        }
    }

    private static void assertRefused(HttpTransport transport) {
        assertThatThrownBy(() -> transport.rows("SELECT 1"))
                .satisfies(
                        failure ->
                                assertThat(Explanation.of(failure, "It", "h:1", "p"))
                                        .hasMessageContaining("VELO-IO-001")
                                        .hasMessageContaining("TLS with h:1 failed"));
    }

    @Test
    void anEncryptedAnswerThatIsClosedLeavesTheServer() throws Exception {
        SSLContext.setDefault(trusting);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedHttp server =
                new ScriptedHttp(
                        trusting.getServerSocketFactory(),
                        line -> {
                            line.request();
                            line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsome");
                            try {
                                line.awaitEnd();
                            } finally {
                                gone.countDown();
                            }
                        })) {
            Answer answer = to("localhost", server.port(), true).query("SELECT 1", Map.of());
            assertThat(answer.stream().readNBytes(4)).hasSize(4);
            Thread closing = new Thread(answer::close);
            closing.start();
            assertThatThrownBy(() -> answer.stream().read()).isInstanceOf(IOException.class);
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
            closing.join();
        }
    }

    @Test
    void aProxyIsGivenTheWholeAddress() throws Exception {
        try (ScriptedHttp proxy =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1\n");
                        })) {
            useProxy(proxy.port());
            assertThat(to("ch.example", 8123, false).rows("SELECT 1"))
                    .containsExactly(List.of("1"));
            assertThat(proxy.heads().get(0))
                    .startsWith("POST http://ch.example:8123/?")
                    .contains("Host: ch.example:8123\r\n");
        }
    }

    @Test
    void anEncryptedConnectionGoesThroughAProxyUnseen() throws Exception {
        SSLContext.setDefault(trusting);
        try (ScriptedHttp server = encrypted();
                ScriptedHttp proxy =
                        new ScriptedHttp(
                                line -> {
                                    line.head();
                                    line.say("HTTP/1.1 200 Connected\r\n\r\n");
                                    relay(line.socket(), server.port());
                                })) {
            useProxy(proxy.port());
            assertThat(to("localhost", server.port(), true).rows("SELECT 1"))
                    .containsExactly(List.of("1"));
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().get(0))
                    .startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1\r\n")
                    .doesNotContain("canary");
        }
    }

    @Test
    void aProxyThatRefusesIsNamedAsSuch() throws Exception {
        SSLContext.setDefault(trusting);
        try (ScriptedHttp proxy =
                new ScriptedHttp(
                        line -> {
                            line.head();
                            line.say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
                        })) {
            useProxy(proxy.port());
            assertThatThrownBy(() -> to("localhost", 8443, true).rows("SELECT 1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("proxy")
                    .hasMessageContaining("403");
        }
    }

    private static void relay(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back =
                    new Thread(
                            () -> {
                                try {
                                    server.getInputStream().transferTo(client.getOutputStream());
                                } catch (IOException ended) {
                                    // Either side is gone.
                                }
                            });
            back.setDaemon(true);
            back.start();
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static void useProxy(int port) {
        Proxy proxy =
                new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ProxySelector.setDefault(
                new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        return List.of(proxy);
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException e) {
                        // The test sees it.
                    }
                });
    }

    private static HttpTransport to(String host, int port, boolean tls) {
        return to(List.of(host + ":" + port), tls);
    }

    private static HttpTransport to(List<String> hosts, boolean tls) {
        return new HttpTransport(
                new ClickHouseTarget(
                        hosts,
                        tls,
                        new Credentials("velo", Secret.of("canary")),
                        "db",
                        Compression.NONE,
                        WireFormat.NATIVE,
                        Map.of(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        "clickhouse://***@test/db"));
    }
}
