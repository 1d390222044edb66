// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.testkit.server.ClaimedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The transport against a small HTTP server that answers what a test tells it to. */
class HttpTransportTest {

    private static final SealedBlock BLOCK = SealedBlock.of(new byte[] {1, 2, 3}, 1, 3);

    private final List<HttpExchange> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile Answering answering;

    @FunctionalInterface
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    seen.add(exchange);
                    exchange.getRequestBody().readAllBytes();
                    answering.answer(exchange);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void aFramedErrorInsideASuccessfulAnswerIsAFailure() throws IOException {
        String frame =
                "\r\n__exception__\r\nabcdef\r\nCode: 241. DB::Exception: Memory limit exceeded."
                        + " (MEMORY_LIMIT_EXCEEDED) (version 26.7)\n71 abcdef\r\n__exception__\r\n";
        answering =
                exchange -> {
                    exchange.getResponseHeaders().add("X-ClickHouse-Exception-Tag", "abcdef");
                    send(exchange, 200, "data" + frame);
                };
        try (Answer answer = transport().query("SELECT 1", Map.of())) {
            answer.stream().readAllBytes();
            assertThatThrownBy(answer::finish)
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("VELO-IO-005")
                    .hasMessageContaining("code 241, Memory limit exceeded.");
        }
    }

    @Test
    void dataThatOnlyLooksLikeAnErrorIsData() throws IOException {
        answering =
                exchange -> {
                    exchange.getResponseHeaders().add("X-ClickHouse-Exception-Tag", "abcdef");
                    send(exchange, 200, "\r\n__exception__\r\nzzzzzz\r\nCode: 1. DB::Exception: x");
                };
        try (Answer answer = transport().query("SELECT 1", Map.of())) {
            answer.stream().readAllBytes();
            answer.finish();
        }
    }

    @Test
    void anOlderServersBareErrorIsFoundWhenTheAnswerBreaks() throws IOException {
        answering =
                exchange ->
                        send(
                                exchange,
                                200,
                                "data Code: 159. DB::Exception: Timeout exceeded. (TIMEOUT)"
                                        + " (version 24.8)\n");
        try (Answer answer = transport().query("SELECT 1", Map.of())) {
            assertThat(answer.explain(new IOException("broken block")))
                    .hasMessageContaining("code 159, Timeout exceeded.");
        }
    }

    @Test
    void anAnswerWithoutItsLastChunkIsNoEnd() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch read = new CountDownLatch(1);
            Thread cutting = new Thread(() -> cutShort(raw, read));
            cutting.start();
            HttpTransport transport = new HttpTransport(target(raw.getLocalPort(), "pw"));
            try (Answer answer = transport.query("SELECT 1", Map.of())) {
                assertThat(answer.stream().readNBytes(4)).hasSize(4);
                read.countDown();
                assertThatThrownBy(() -> answer.stream().read()).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anInsertWhoseAnswerIsLostIsNotHandedToTheSecondHost() throws IOException {
        answering = exchange -> send(exchange, 200, "");
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread cutting = new Thread(() -> cutShort(raw, new CountDownLatch(0)));
            cutting.start();
            HttpTransport transport =
                    new HttpTransport(
                            target(
                                    List.of(
                                            "127.0.0.1:" + raw.getLocalPort(),
                                            "127.0.0.1:" + port()),
                                    "pw"));
            CompletableFuture<Long> written = transport.insert("I", BLOCK, Map.of());
            assertThatThrownBy(written::join).hasRootCauseInstanceOf(IOException.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aSilentServerIsGivenUpInTime() throws IOException {
        answering =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("some".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    awaitEnd();
                };
        HttpTransport transport =
                new HttpTransport(target(port(), "pw").withSocketTimeout(Duration.ofMillis(300)));
        try (Answer answer = transport.query("SELECT 1", Map.of())) {
            assertThatThrownBy(() -> answer.stream().readAllBytes())
                    .satisfies(
                            failure ->
                                    assertThat(answer.explain((Exception) failure))
                                            .hasMessageContaining("VELO-IO-004"));
        }
    }

    @Test
    void anInsertSaysHowManyRowsTheServerWrote() {
        answering =
                exchange -> {
                    exchange.getResponseHeaders()
                            .add("X-ClickHouse-Summary", "{\"written_rows\":\"17\",\"x\":\"1\"}");
                    send(exchange, 200, "");
                };
        assertThat(transport().insert("INSERT INTO t", BLOCK, Map.of("a", "b c")).join())
                .isEqualTo(17);
        String query = seen.get(0).getRequestURI().getRawQuery();
        assertThat(query).contains("query=INSERT+INTO+t").contains("a=b+c");
        assertThat(seen.get(0).getRequestHeaders().getFirst("Content-Length")).isEqualTo("3");
    }

    @Test
    void codesDecideWhetherAnotherAttemptIsDue() {
        Map<Integer, Boolean> transientCodes =
                Map.of(
                        241, true, 252, true, 159, true, 242, true, 516, false, 60, false, 62,
                        false, 497, false, 33, false);
        transientCodes.forEach(
                (code, again) -> {
                    answering =
                            exchange -> {
                                exchange.getResponseHeaders()
                                        .add("X-ClickHouse-Exception-Code", "" + code);
                                send(exchange, 500, "Code: " + code + ". DB::Exception: x. (X)");
                            };
                    assertThatThrownBy(() -> transport().insert("I", BLOCK, Map.of()).join())
                            .isInstanceOf(CompletionException.class)
                            .satisfies(
                                    failure ->
                                            assertThat(
                                                            Explanation.classify(failure)
                                                                    == FailureClass.TRANSIENT)
                                                    .as("code %d", code)
                                                    .isEqualTo(again));
                });
        answering = exchange -> send(exchange, 503, "busy");
        assertThatThrownBy(() -> transport().insert("I", BLOCK, Map.of()).join())
                .satisfies(
                        failure ->
                                assertThat(Explanation.classify(failure))
                                        .isEqualTo(FailureClass.TRANSIENT));
    }

    @Test
    void theSecondHostIsAskedWhenTheFirstRefuses() throws IOException {
        answering = exchange -> send(exchange, 200, "1\t\\N\ta\\tb\n");
        HttpTransport transport =
                new HttpTransport(
                        target(List.of("127.0.0.1:" + freePort(), "127.0.0.1:" + port()), "pw"));
        assertThat(transport.rows("SELECT 1")).containsExactly(List.of("1", "N", "a\tb"));
        assertThat(transport.host()).endsWith(":" + port());
        assertThat(transport.insert("I", BLOCK, Map.of()).join()).isEqualTo(-1);
    }

    @Test
    void aHostThatRefusesIsNamedAndThePasswordIsNot() {
        int nobody = freePort();
        HttpTransport transport = new HttpTransport(target(nobody, "canary-77"));
        assertThatThrownBy(() -> transport.rows("SELECT 1"))
                .satisfies(
                        failure -> {
                            VeloException shown =
                                    Explanation.of(failure, "Asking", transport.host(), "");
                            assertThat(shown)
                                    .hasMessageContaining("VELO-IO-001")
                                    .hasMessageContaining("127.0.0.1:" + nobody)
                                    .hasMessageContaining("8123");
                            assertThat(shown.getMessage()).doesNotContain("canary-77");
                        });
    }

    @Test
    void aPasswordThatNoHeaderTakesIsSentAllTheSame() throws IOException {
        answering = exchange -> send(exchange, 200, "1\n");
        new HttpTransport(target(port(), "pässwort\n")).rows("SELECT 1");
        assertThat(seen.get(0).getRequestHeaders().getFirst("Authorization")).startsWith("Basic ");
        new HttpTransport(target(port(), "plain")).rows("SELECT 1");
        assertThat(seen.get(1).getRequestHeaders().getFirst("X-ClickHouse-Key")).isEqualTo("plain");
    }

    private HttpTransport transport() {
        return new HttpTransport(target(port(), "pw"));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static ClickHouseTarget target(int port, String password) {
        return target(List.of("127.0.0.1:" + port), password);
    }

    private static ClickHouseTarget target(List<String> hosts, String password) {
        return new ClickHouseTarget(
                hosts,
                false,
                new Credentials("velo", Secret.of(password)),
                "db",
                Compression.NONE,
                WireFormat.NATIVE,
                Map.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                "clickhouse://***@test/db");
    }

    private static int freePort() {
        // Outgoing connections never have such a port.
        try (ClaimedPort port = ClaimedPort.any()) {
            return port.number();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().close();
    }

    private static void cutShort(ServerSocket server, CountDownLatch read) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ndata\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            read.await();
        } catch (IOException | InterruptedException ignored) {
            // The test sees what the client makes of it.
        }
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
