// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.ClaimedPort;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Planted leaks are found and named; code without leaks passes. */
@Timeout(180)
class LeakDetectorTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir Path folder;

    private final LeakDetector leaks = LeakDetector.watch().within(SHORT);

    @Test
    void passesCodeThatClosesEverything() throws Exception {
        // The first port of a JVM opens the list of claimed ports, which stays open on purpose.
        ClaimedPort.any().close();
        openAndClose(LeakDetector.watch());
    }

    private static void openAndClose(LeakDetector detector) throws Exception {
        try (LeakDetector none = detector;
                EchoServer server = new EchoServer();
                FaultProxy proxy = FaultProxy.before(server.port());
                EchoClient client = new EchoClient(proxy.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(none.leaks()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void namesAThread() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(end), "forgotten-thread");
        thread.start();
        assertThatThrownBy(leaks::close)
                .isInstanceOf(AssertionError.class)
                .hasMessage("1 leaks: thread 'forgotten-thread'.");
        end.countDown();
        thread.join();
        leaks.close();
    }

    @Test
    void seesASocketOfAClientAndOfAListener() throws Exception {
        ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket("127.0.0.1", listener.getLocalPort());
        assertThatThrownBy(leaks::close).hasMessageContaining("socket:[");
        assertThat(leaks.leaks()).hasSize(2).allMatch(leak -> leak.contains("socket:["));
        client.close();
        listener.close();
        leaks.close();
    }

    @Test
    void seesAFileAndASelector() throws Exception {
        Path file = Files.writeString(folder.resolve("forgotten.txt"), "x");
        try (InputStream open = Files.newInputStream(file);
                Selector selector = Selector.open()) {
            assertThat(open.read()).isEqualTo('x');
            assertThat(selector.isOpen()).isTrue();
            assertThatThrownBy(leaks::close)
                    .hasMessageContaining("forgotten.txt")
                    .hasMessageContaining("anon_inode");
        }
        leaks.close();
    }

    @Test
    void seesDirectBuffersUnlessTheyAreAllowed() {
        // Buffers that earlier tests of this JVM have forgotten must not go while this one counts.
        awaitNoGarbage();
        LeakDetector strict = LeakDetector.watch().within(SHORT);
        LeakDetector tolerant = LeakDetector.watch().within(SHORT).allowingDirectBytes(64 << 20);
        ByteBuffer buffer = ByteBuffer.allocateDirect(32 << 20);

        assertThatThrownBy(strict::close).hasMessageContaining("bytes of direct buffers");
        tolerant.close();
        assertThat(buffer.capacity()).isEqualTo(32 << 20);
    }

    private static void awaitNoGarbage() {
        BufferPoolMXBean pool =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(each -> each.getName().equals("direct"))
                        .findFirst()
                        .orElseThrow();
        for (int steady = 0, round = 0; steady < 3 && round < 50; round++) {
            long before = pool.getMemoryUsed();
            System.gc();
            LockSupport.parkNanos(20_000_000);
            steady = pool.getMemoryUsed() == before ? steady + 1 : 0;
        }
    }

    @Test
    void overlooksThreadsThatAreAllowed() throws Exception {
        LeakDetector tolerant = LeakDetector.watch().within(SHORT).allowingThreads("forgotten-.*");
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(end), "forgotten-thread");
        thread.start();
        tolerant.close();
        end.countDown();
        thread.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
