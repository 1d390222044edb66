// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.testkit.server.ClaimedPort;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaDiscoveryITCase {

    private static final KafkaScheme SCHEME = new KafkaScheme();

    /** Less than the minute that Kafka's clients wait unless they are told otherwise. */
    private static final Duration IN_TIME = Duration.ofSeconds(50);

    private static KafkaServer kafka;

    @BeforeAll
    static void start() {
        kafka = RequiredServer.kafka();
    }

    private static TestTopic topic(int partitions) throws Exception {
        return TestTopic.create(kafka.bootstrapServers(), "d", partitions);
    }

    private static TableRequest request(String uri) {
        return Requests.of(uri).withoutColumns();
    }

    private static List<String> columns(String uri) {
        DiscoveredTable table = SCHEME.discover(request(uri));
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type().getLogicalType())
                .toList();
    }

    private static AbstractThrowableAssert<?, ?> refusal(String uri, ErrorCode code) {
        return assertThatThrownBy(() -> SCHEME.discover(request(uri)))
                .isInstanceOf(VeloException.class)
                .hasMessageStartingWith(code.text());
    }

    @Test
    void theNewestRecordsOfAllPartitionsAreTheSample() throws Exception {
        TestTopic topic = topic(3);
        topic.put(0, "{\"old\":1}");
        topic.put(
                0, IntStream.range(0, 6).mapToObj(i -> "{\"a\":" + i + "}").toArray(String[]::new));
        topic.put(2, "{\"b\":1.5}");

        assertThat(columns(topic.uri("?sample_rows=3"))).containsExactly("b DOUBLE", "a BIGINT");
        assertThat(columns(topic.uri(""))).containsExactly("b DOUBLE", "a BIGINT", "old BIGINT");
    }

    @Test
    void tombstonesAreLookedBehind() throws Exception {
        TestTopic topic = topic(1).put("{\"id\":1}");
        for (int i = 0; i < 8; i++) {
            topic.write(0, "{\"id\":" + i + "}", null);
        }

        assertThat(columns(topic.uri("?sample_rows=2"))).containsExactly("id BIGINT");
    }

    @Test
    void severalTopicsMakeOneSchema() throws Exception {
        TestTopic one = topic(1).put("{\"a\":1}");
        TestTopic other = topic(1).put("{\"b\":true}");

        assertThat(columns(one.uri("," + other.name())))
                .containsExactlyInAnyOrder("a BIGINT", "b BOOLEAN");
        assertThat(columns(kafka.uri() + "/~" + one.name().substring(0, 5) + ".*"))
                .contains("a BIGINT");
    }

    @Test
    void anEmptyTopicShowsHowToDeclareColumns() throws Exception {
        refusal(topic(2).uri(""), ErrorCode.SCHEMA_DISCOVERY)
                .hasMessageContaining("CREATE TABLE t (id BIGINT");
    }

    @Test
    void csvShowsHowToDeclareColumns() throws Exception {
        refusal(topic(1).uri("?format=csv"), ErrorCode.SCHEMA_DISCOVERY)
                .hasMessageContaining("columns=id BIGINT");
    }

    @Test
    void aMissingTopicNamesTheNearestOnes() throws Exception {
        TestTopic topic = topic(1);

        refusal(topic.uri("").replace("/d-", "/e-"), ErrorCode.SCHEMA_NO_TABLE)
                .hasMessageContaining("Did you mean '" + topic.name() + "'?");
        refusal(kafka.uri() + "/~nothing-.*", ErrorCode.SCHEMA_NO_TABLE);
    }

    @Test
    void aUriWithoutTopicListsTheTopics() throws Exception {
        topic(1);

        // Those of other tests are there too, in any order.
        refusal(kafka.uri(), ErrorCode.URI_NO_OBJECT)
                .message()
                .containsPattern("Topics: [a-z]+-[0-9a-f]+");
        assertThatThrownBy(() -> SCHEME.source(Requests.of(kafka.uri()).source()))
                .hasMessageContaining("VELO-URI-004")
                .hasMessageContaining("Topics: ");
    }

    @Test
    void aPortWhereNobodyListensIsSaidAtOnce() throws Exception {
        int free;
        try (ClaimedPort port = ClaimedPort.any()) {
            free = port.number();
        }

        refusal("kafka://127.0.0.1:" + free + "/orders", ErrorCode.IO_UNREACHABLE)
                .hasMessageContaining("127.0.0.1:" + free + " (refused)");
        refusal("kafka://no-such-host.invalid/orders", ErrorCode.IO_UNREACHABLE)
                .hasMessageContaining("unknown host");
    }

    @Test
    void aSettingThatKafkasClientCannotUseIsSaid() throws Exception {
        refusal(topic(1).uri("?ssl_truststore_location=/absent.jks"), ErrorCode.OPTION_VALUE)
                .hasMessageContaining("/absent.jks")
                .hasMessageContaining("ssl");
    }

    @Test
    void anEncryptedConnectionToABrokerThatHasNoneEndsInTime() throws Exception {
        long start = System.nanoTime();

        refusal(topic(1).uri("?security_protocol=SSL"), ErrorCode.IO_TIMEOUT)
                .hasMessageContaining("security_protocol");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    }

    @Test
    void aPortThatDoesNotSpeakKafkaIsATimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();

            refusal("kafka://127.0.0.1:" + silent.getLocalPort() + "/orders", ErrorCode.IO_TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
        }
    }

    @Test
    void aTopicThatIsMadeWhileWaitingIsFound() throws Exception {
        String name = "late-" + UUID.randomUUID();
        TestTopic topic = TestTopic.absent(kafka.bootstrapServers(), name);
        CompletableFuture<Object> source =
                CompletableFuture.supplyAsync(
                        () -> SCHEME.source(Requests.of(topic.uri("?wait_timeout=60s")).source()));
        topic.create();

        assertThat(source.get()).isInstanceOf(KafkaTableSource.class);
        assertThatThrownBy(
                        () ->
                                SCHEME.source(
                                        Requests.of(kafka.uri() + "/never?wait_timeout=1")
                                                .source()))
                .hasMessageContaining("Topic 'never' does not exist");
    }

    @Test
    void theBrokersTopicsAreTheTablesOfACatalog() throws Exception {
        TestTopic topic = topic(1);
        TableRequest server = request(kafka.uri() + "?format=json");

        assertThat(SCHEME.namesServer(server.uri())).isTrue();
        assertThat(SCHEME.databases(server)).containsExactly("default");
        assertThat(SCHEME.tables(server, "default"))
                .contains(topic.name())
                .doesNotContain("__consumer_offsets")
                .isSorted();
        VeloUri table = SCHEME.tableUri(server.uri(), "default", topic.name());
        assertThat(table.print()).isEqualTo(topic.uri("?format=json"));
        assertThat(SCHEME.namesServer(table)).isFalse();
    }

    @Test
    void aProbeChecksAddressLoginTopicAndPrivileges() throws Exception {
        ProbeReport good = SCHEME.probe(request(topic(2).uri("")));
        assertThat(good.passed()).isTrue();
        assertThat(good.checks())
                .extracting(ProbeReport.Check::name)
                .containsExactly("address", "login", "topic", "privileges");
        assertThat(good.checks().get(2).finding()).isEqualTo("2 partitions");

        ProbeReport bad = SCHEME.probe(request(kafka.uri() + "/absent"));
        assertThat(bad.passed()).isFalse();
        assertThat(bad.checks()).hasSize(3);
        assertThat(bad.checks().get(2).problem().orElseThrow().code())
                .isEqualTo(ErrorCode.SCHEMA_NO_TABLE);
    }
}
