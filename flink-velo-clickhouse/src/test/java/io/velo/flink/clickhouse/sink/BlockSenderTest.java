// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.ColumnTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.NativeBlock;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.common.retry.RetryPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sending again, against a small HTTP server that answers what a test tells it to. */
class BlockSenderTest {

    private static final SealedBlock BLOCK = SealedBlock.of(new byte[] {1, 2, 3}, 2_000, 3);

    private record Seen(String query, byte[] body, long nanos) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Integer> codes = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    seen.add(
                            new Seen(
                                    exchange.getRequestURI().getRawQuery(),
                                    body,
                                    System.nanoTime()));
                    int code = seen.size() <= codes.size() ? codes.get(seen.size() - 1) : 0;
                    String text = code == 0 ? "" : "Code: " + code + ". DB::Exception: no";
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            code == 0 ? 200 : 500, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theSameBytesGoOutAgainUnderTheSameToken() throws Exception {
        codes.addAll(List.of(159, 209));
        try (BlockSender sender = sender(RetryListener.SILENT)) {
            sender.send("INSERT INTO t", BLOCK, "tok").get(60, TimeUnit.SECONDS);
        }
        assertThat(seen).hasSize(3);
        assertThat(seen)
                .as("a profile of the user cannot switch the recognition off")
                .allMatch(request -> request.query().contains("deduplicate_insert=enable"));
        assertThat(seen)
                .allSatisfy(
                        request -> {
                            assertThat(request.body()).containsExactly(1, 2, 3);
                            assertThat(request.query()).contains("insert_deduplication_token=tok");
                        });
        assertThat(seen.get(2).query()).contains("query_id=tok%2F3");
    }

    @Test
    void anInsertIsToldThatItDidNotGoOut() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        InsertStatement statement =
                new InsertStatement() {
                    @Override
                    public Optional<String> of(int attempt) {
                        return Optional.of("INSERT INTO t");
                    }

                    @Override
                    public void notSent() {
                        told.countDown();
                    }
                };
        codes.add(159);
        try (BlockSender sender = sender(RetryListener.SILENT)) {
            sender.send(statement, BLOCK, "tok").get(60, TimeUnit.SECONDS);
            assertThat(told.getCount()).as("the server answered").isOne();
            server.stop(0);
            sender.send(statement, BLOCK, "tok2");
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aServerWithTooManyPartsIsGivenTimeToMerge() throws Exception {
        codes.add(252);
        try (BlockSender sender = sender(RetryListener.SILENT)) {
            sender.send("INSERT INTO t", BLOCK, "tok").get(60, TimeUnit.SECONDS);
        }
        assertThat(Duration.ofNanos(seen.get(1).nanos() - seen.get(0).nanos()))
                .isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerWithoutMemoryGetsSmallerBlocksUntilItHasSome() throws Exception {
        codes.add(241);
        List<String> heard = new ArrayList<>();
        BlockCeiling ceiling =
                new BlockCeiling((type, attempt, pause, failure) -> heard.add(type.label()));
        try (BlockSender sender = sender(ceiling)) {
            sender.send("INSERT INTO t", BLOCK, "tok").get(60, TimeUnit.SECONDS);
        }
        assertThat(heard).containsExactly("transient");
        assertThat(ceiling.rows()).isEqualTo(Integer.MAX_VALUE);
        ceiling.acknowledged(64_000);
        assertThat(ceiling.rows()).isEqualTo(32_000);
        for (int block = 0; block < 16; block++) {
            ceiling.acknowledged(32_000);
        }
        assertThat(ceiling.rows()).isEqualTo(64_000);
    }

    @Test
    void aBlockIsPackedOnceAndGoesOutWholeEachTime() throws Exception {
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        List.of(
                                new ColumnTarget(
                                        "i",
                                        TypeParser.parse("Int64"),
                                        new BigIntType(false),
                                        0,
                                        false)),
                        ZoneId.of("UTC"),
                        Compression.NONE);
        for (long i = 0; i < 100_000; i++) {
            writer.append(GenericRowData.of(i));
        }
        NativeBlock block = writer.take();
        SealedBlock packed;
        try (BlockSender sender = sender(RetryListener.SILENT)) {
            packed = sender.pack(block).get(60, TimeUnit.SECONDS);
            codes.add(159);
            sender.send("INSERT INTO t", packed, "tok").get(60, TimeUnit.SECONDS);
        }
        assertThat(packed.length()).isGreaterThan(800_000);
        assertThat(seen).hasSize(2);
        assertThat(seen)
                .allSatisfy(request -> assertThat(request.body()).isEqualTo(packed.toBytes()));
        assertThatThrownBy(block::pack).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBlockThatCannotBePackedFailsWithTheCause() {
        NativeBlock block = emptyBlock();
        block.pack();
        try (BlockSender sender = sender(RetryListener.SILENT)) {
            assertThatThrownBy(() -> sender.pack(block).get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("VELO-OPT-001")
                    .hasMessageContaining("A block of 0 rows for t cannot be packed")
                    .satisfies(
                            failure ->
                                    assertThat(sender.explain(failure))
                                            .as("the connection is not to blame")
                                            .hasMessageContaining("packed before"));
        }
    }

    @Test
    void aClosedSenderPacksNoMore() {
        BlockSender sender = sender(RetryListener.SILENT);
        sender.close();
        assertThat(sender.pack(emptyBlock())).isCompletedExceptionally();
    }

    private static NativeBlock emptyBlock() {
        return NativeBlockWriter.of(List.of(), ZoneId.of("UTC"), Compression.LZ4).take();
    }

    private BlockSender sender(RetryListener listener) {
        HttpTransport transport =
                new HttpTransport(TestTarget.answering(server.getAddress().getPort()));
        ServerMeta meta = new ServerMeta("26.7", ZoneId.of("UTC"), InsertSettings.names());
        return new BlockSender(
                transport,
                new InsertSettings(meta, false, false, "t"),
                "t",
                RetryPlan.HOUSE,
                listener);
    }
}
