// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.velo.flink.clickhouse.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements on a cluster, by a small HTTP server that answers as the first of its servers. */
class OnClusterTest {

    private static final String DROP = "DROP TABLE `db`.`t` ON CLUSTER `all`";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final OnCluster all = new OnCluster("all");
    private volatile String answer = "";
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    requests.add(exchange.getRequestURI().getQuery() + " " + body);
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
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
    void theServerIsAskedToWaitAndToListAllServers() throws IOException {
        answer = "h1\t9000\t0\t\t1\t0\nh2\t9000\t0\t\t0\t0\n";
        assertThat(run(all)).isEmpty();
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("distributed_ddl_task_timeout=60", "default_format=TabSeparated")
                .contains("distributed_ddl_output_mode=never_throw", "wait_end_of_query=1")
                .endsWith(" " + DROP);
    }

    @Test
    void aServerThatFailedOrIsNotDoneIsNamed() {
        answer =
                "h1\t9000\t0\t\t2\t0\n"
                        + "h2\t9000\t60\tCode: 60. DB::Exception: it\\'s missing\t1\t0\n"
                        + "h3\t9000\t\\N\t\\N\t1\t0\n";
        assertThatThrownBy(() -> run(all))
                .hasMessageContaining("VELO-IO-005")
                .hasMessageContaining("Dropping db.t ON CLUSTER `all` is not complete.")
                .hasMessageContaining("Done: h1:9000.")
                .hasMessageContaining("Failed: h2:9000 (code 60, Code: 60. DB::Exception: it's")
                .hasMessageContaining("Not yet: h3:9000.")
                .hasMessageContaining("run it on those that failed")
                .hasMessageContaining("system.distributed_ddl_queue");
    }

    @Test
    void aServerThatIsDownMakesTheStatementLateAndNotWrong() {
        answer = "h1\t9000\t0\t\t1\t0\nh2\t9000\t\\N\t\\N\t1\t0\n";
        assertThatThrownBy(() -> run(all))
                .hasMessageContaining("VELO-IO-004")
                .hasMessageContaining("Done: h1:9000. Not yet: h2:9000.")
                .hasMessageContaining("do it by themselves once they can");
    }

    @Test
    void withoutAClusterTheAnswerIsTheStatements() throws IOException {
        answer = "1\t2\n";
        assertThat(run(OnCluster.NONE)).containsExactly(List.of("1", "2"));
        assertThat(requests).singleElement().asString().doesNotContain("distributed_ddl");
    }

    private List<List<String>> run(OnCluster servers) throws IOException {
        return servers.run(
                TestTarget.answering(server.getAddress().getPort()), "Dropping db.t", DROP);
    }
}
