// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault, seen from both ends of the line. */
@Timeout(180)
@ExtendWith(LeakCheck.class)
class FaultProxyTest {

    private final EchoServer server = new EchoServer();
    private final FaultProxy proxy = FaultProxy.before(server.port());

    FaultProxyTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesMuchDataUnchangedBothWaysAndCountsIt() throws Exception {
        String text = "0123456789abcdef".repeat(200_000);
        try (EchoClient client = new EchoClient(proxy.port())) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, text));
            assertThat(client.read(text.length())).isEqualTo(text);
            sending.join();
        }
        // The proxy counts after it has written.
        Await.until(() -> proxy.bytes(Way.TO_SERVER) == text.length());
        Await.until(() -> proxy.bytes(Way.TO_CLIENT) == text.length());
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void servesManyConnectionsByOneThread() throws Exception {
        List<EchoClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(new EchoClient(proxy.port()));
        }
        for (EchoClient client : clients) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        assertThat(proxy.open()).isEqualTo(50);
        assertThat(ownThreads()).isEqualTo(1);
        for (EchoClient client : clients) {
            client.close();
        }
        Await.until(() -> proxy.open() == 0);
    }

    @Test
    void tellsTheServerThatTheClientHasNoMoreToSay() throws Exception {
        try (EchoClient client = new EchoClient(proxy.port())) {
            client.send("last words").endOutput();
            assertThat(client.read(100)).isEqualTo("last words");
        }
        Await.until(() -> server.ends().equals(List.of("end")));
    }

    @Test
    void delaysEveryChunkOnBothWays() throws Exception {
        proxy.delay(Duration.ofMillis(150));
        try (EchoClient client = new EchoClient(proxy.port())) {
            long start = System.nanoTime();
            assertThat(client.ask("a")).isEqualTo("a");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void holdsAnswersBackWhileItHangsAndLetsThemGoAfterwards() throws Exception {
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("a")).isEqualTo("a");
            proxy.hang(Way.TO_CLIENT);
            client.patience(200).send("b");
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketTimeoutException.class);
            Await.until(() -> server.received().equals("ab"));
            proxy.release(Way.TO_CLIENT);
            assertThat(client.patience(60_000).read(1)).isEqualTo("b");
        }
    }

    @Test
    void acceptsAndSwallowsWhenRequestsHang() throws Exception {
        proxy.hang(Way.TO_SERVER);
        try (EchoClient client = new EchoClient(proxy.port())) {
            client.patience(200).send("a");
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.received()).isEmpty();
            proxy.heal();
            assertThat(client.patience(60_000).read(1)).isEqualTo("a");
        }
    }

    @Test
    void losesTheAnswerOfARequestThatWasApplied() throws Exception {
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("a")).isEqualTo("a");
            proxy.cutAfter(Way.TO_CLIENT, 0);
            client.send("b");
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
        }
        assertThat(server.received()).isEqualTo("ab");
        Await.until(() -> proxy.cuts() == 1);
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("c")).isEqualTo("c");
        }
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void cutsARequestInTheMiddle() throws Exception {
        proxy.cutAfter(Way.TO_SERVER, 5);
        try (EchoClient client = new EchoClient(proxy.port())) {
            client.send("123456789");
            assertThatThrownBy(() -> client.read(9)).isInstanceOf(SocketException.class);
        }
        Await.until(() -> server.ends().equals(List.of("reset")));
        assertThat("12345").startsWith(server.received());
        assertThat(proxy.bytes(Way.TO_SERVER)).isEqualTo(5);
    }

    @Test
    void resetsBothSides() throws Exception {
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("a")).isEqualTo("a");
            proxy.reset();
            assertThatThrownBy(() -> client.read(1))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        Await.until(() -> server.ends().equals(List.of("reset")));
        Await.until(() -> proxy.open() == 0);
    }

    @Test
    void refusesNewConnectionsAndAcceptsThemOnTheSamePortAgain() throws Exception {
        int port = proxy.port();
        try (EchoClient old = new EchoClient(port)) {
            assertThat(old.ask("a")).isEqualTo("a");
            for (int i = 0; i < 20; i++) {
                proxy.refuse();
                assertThatThrownBy(() -> new EchoClient(port).close())
                        .isInstanceOf(ConnectException.class);
                assertThat(old.ask("b")).isEqualTo("b");
                proxy.accept();
                try (EchoClient client = new EchoClient(port)) {
                    assertThat(client.ask("c")).isEqualTo("c");
                }
            }
        }
        assertThat(proxy.port()).isEqualTo(port);
    }

    @Test
    void flipsOneBitOfOneByte() throws Exception {
        proxy.flipAfter(Way.TO_SERVER, 2);
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("abcd")).isEqualTo("abCd");
            assertThat(client.ask("abcd")).isEqualTo("abcd");
        }
        assertThat(server.received()).isEqualTo("abCdabcd");
    }

    @Test
    void lessensTheRate() throws Exception {
        proxy.limit(Way.TO_CLIENT, 1_000);
        try (EchoClient client = new EchoClient(proxy.port())) {
            long start = System.nanoTime();
            String text = "x".repeat(500);
            assertThat(client.ask(text)).isEqualTo(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void sendsSingleBytesToASlowReader() throws Exception {
        proxy.limit(Way.TO_SERVER, 10);
        try (EchoClient client = new EchoClient(proxy.port())) {
            // All of it would take minutes.
            String text = "abcdefgh".repeat(400);
            client.send(text);
            assertThat(client.read(1)).isEqualTo("a");
            assertThat(server.received()).hasSizeLessThan(text.length());
            proxy.heal();
            assertThat(client.read(text.length() - 1)).isEqualTo(text.substring(1));
        }
    }

    @Test
    void resetsClientsOfAServerThatIsDown() throws Exception {
        server.close();
        assertThatThrownBy(this::readOneByte).isInstanceOf(SocketException.class);
    }

    @Test
    void leavesNoThreadAndNoSocketAndIsUselessAfterClose() throws Exception {
        try (EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("a")).isEqualTo("a");
            proxy.hang(Way.TO_CLIENT);
            proxy.close();
            proxy.close();
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
        }
        Await.until(() -> ownThreads() == 0);
        assertThatThrownBy(() -> new EchoClient(proxy.port()).close())
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::heal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    private void readOneByte() throws IOException {
        try (EchoClient client = new EchoClient(proxy.port())) {
            client.read(1);
        }
    }

    private long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("velo-fault-proxy-" + proxy.port()))
                .count();
    }

    private static void send(EchoClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
