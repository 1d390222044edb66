// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.testkit.fault.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are kept, that end, and that are ended, by byte. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionsTest {

    private static final SealedBlock BLOCK = SealedBlock.of(new byte[] {1, 2, 3}, 1, 3);

    /** More than the buffers of a connection hold. */
    private static final SealedBlock LARGE = SealedBlock.of(new byte[16 << 20], 1, 16 << 20);

    private static HttpTransport to(ScriptedHttp server) {
        return new HttpTransport(TestTarget.answering(server.port()));
    }

    private static String text(HttpTransport transport) throws IOException {
        try (Answer answer = transport.query("SELECT 1", Map.of())) {
            return new String(answer.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\n0123456789",
                "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\n012\r\n7\r\n3456789\r\n0\r\nA: b\r\n\r\n",
                "Transfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n"
            })
    void aConnectionIsUsedAgainBehindEachKindOfBody(String rest) throws IOException {
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            for (int i = 0; i < 3; i++) {
                                line.request();
                                line.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + rest);
                            }
                        })) {
            HttpTransport transport = to(server);
            assertThat(text(transport)).isEqualTo("0123456789");
            assertThat(text(transport)).isEqualTo("0123456789");
            assertThat(transport.rows("SELECT 1")).containsExactly(List.of("0123456789"));
            assertThat(server.connections()).isLessThan(3);
        }
    }

    @Test
    void theWordsOfAnErrorMayEndWithTheConnection() throws IOException {
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say(
                                    "HTTP/1.0 500 Oops\r\n"
                                            + "X-ClickHouse-Exception-Code: 60, 60\r\n\r\n"
                                            + "Code: 60. DB::Exception: gone. (UNKNOWN_TABLE)");
                        })) {
            assertThatThrownBy(() -> text(to(server)))
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(60))
                    .hasMessageContaining("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nXX\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\n"
            })
    void whatIsNoWholeAnswerIsAFailureThatPasses(String said) throws IOException {
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say(said);
                        })) {
            assertThatThrownBy(() -> text(to(server)))
                    .isInstanceOf(IOException.class)
                    .satisfies(
                            failure ->
                                    assertThat(Explanation.classify(failure))
                                            .isEqualTo(FailureClass.TRANSIENT));
        }
    }

    @Test
    void aConnectionThatTheServerEndedIsSeen() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedHttp server = new ScriptedHttp(line -> end.await())) {
            Connection connection =
                    new Connection(
                            Endpoint.of("127.0.0.1:" + server.port(), false, ""),
                            SSLContext.getDefault());
            connection.open(Duration.ofSeconds(60));
            assertThat(connection.isStale()).isFalse();
            end.countDown();
            Await.until(connection::isStale);
            connection.abort();
        }
    }

    @Test
    void anInsertThatAKeptConnectionLosesIsNotSentAgain() throws Exception {
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say(ScriptedHttp.OK);
                            line.request();
                        })) {
            HttpTransport transport = to(server);
            CompletableFuture<Long> last;
            int sent = 0;
            do {
                last = transport.insert("I", BLOCK, Map.of());
                sent++;
                // A connection is kept for seconds only, which a slow machine may take.
            } while (last.handle((rows, failure) -> failure).get(60, TimeUnit.SECONDS) == null);
            assertThat(last.handle((rows, failure) -> Explanation.classify(failure)).get())
                    .isEqualTo(FailureClass.TRANSIENT);
            assertThat(server.heads()).hasSize(sent);
        }
    }

    @Test
    void aRefusalThatComesBeforeTheWholeBlockWasSentIsRead() throws Exception {
        String words = "Code: 60. DB::Exception: no such table";
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.head();
                            line.say(
                                    "HTTP/1.1 404 No\r\nContent-Length: "
                                            + words.length()
                                            + "\r\n\r\n"
                                            + words);
                            line.socket().shutdownOutput();
                            line.awaitEnd();
                        })) {
            assertThatThrownBy(
                            () -> to(server).insert("I", LARGE, Map.of()).get(60, TimeUnit.SECONDS))
                    .satisfies(
                            failure ->
                                    assertThat(Explanation.unwrap(failure))
                                            .isInstanceOfSatisfying(
                                                    ServerFailure.class,
                                                    said -> assertThat(said.code()).isEqualTo(60)));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say(
                                    "HTTP/1.1 307 Go\r\nLocation: /other\r\n"
                                            + "Content-Length: 0\r\n\r\n");
                        })) {
            assertThatThrownBy(() -> text(to(server)))
                    .isInstanceOfSatisfying(
                            ServerFailure.class, said -> assertThat(said.status()).isEqualTo(307));
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatIsClosedEndsTheReadThatWaitsForIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedHttp server = new ScriptedHttp(line -> beginAndWait(line, gone))) {
            Answer answer = to(server).query("SELECT 1", Map.of());
            assertThat(answer.stream().readNBytes(4)).isEqualTo("some".getBytes());
            Future<Integer> reading =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return answer.stream().read();
                                } catch (IOException closed) {
                                    return -2;
                                }
                            });
            answer.close();
            assertThat(reading.get(60, TimeUnit.SECONDS)).isEqualTo(-2);
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInterruptEndsAReadThatWaits() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        AtomicReference<FailureClass> how = new AtomicReference<>();
        try (ScriptedHttp server = new ScriptedHttp(line -> beginAndWait(line, gone))) {
            HttpTransport transport = to(server);
            Thread reading =
                    new Thread(
                            () -> {
                                try {
                                    text(transport);
                                } catch (IOException stopped) {
                                    how.set(Explanation.classify(stopped));
                                }
                            });
            reading.start();
            Await.until(() -> !server.heads().isEmpty());
            reading.interrupt();
            reading.join();
            assertThat(how.get()).as("nobody tries again").isEqualTo(FailureClass.PERMANENT);
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInsertThatIsCancelledLeavesTheServer(boolean large) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.head();
                            begun.countDown();
                            try {
                                line.awaitEnd();
                            } finally {
                                gone.countDown();
                            }
                        })) {
            CompletableFuture<Long> insert =
                    to(server).insert("I", large ? LARGE : BLOCK, Map.of());
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            insert.cancel(true);
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInsertThatTheServerDoesNotTakeIsGivenUpInTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedHttp server = new ScriptedHttp(line -> over.await())) {
            ClickHouseTarget patient = TestTarget.answering(server.port());
            ClickHouseTarget hasty =
                    new ClickHouseTarget(
                            patient.hosts(),
                            patient.tls(),
                            patient.credentials(),
                            patient.database(),
                            patient.compression(),
                            patient.format(),
                            patient.settings(),
                            patient.socketTimeout(),
                            Duration.ofMillis(300),
                            patient.place());
            assertThatThrownBy(
                            () ->
                                    new HttpTransport(hasty)
                                            .insert("I", LARGE, Map.of())
                                            .get(60, TimeUnit.SECONDS))
                    .satisfies(
                            failure ->
                                    assertThat(Explanation.of(failure, "It", "h", "p"))
                                            .hasMessageContaining("VELO-IO-004"));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aConnectionThatNobodyUsesIsClosed() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedHttp server =
                new ScriptedHttp(
                        line -> {
                            line.request();
                            line.say(ScriptedHttp.OK);
                            line.awaitEnd();
                            gone.countDown();
                        })) {
            to(server).rows("SELECT 1");
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void beginAndWait(ScriptedHttp.Line line, CountDownLatch gone)
            throws IOException {
        line.request();
        line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsome");
        try {
            line.awaitEnd();
        } finally {
            gone.countDown();
        }
    }
}
