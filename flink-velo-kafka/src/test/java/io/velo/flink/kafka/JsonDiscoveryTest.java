// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.scheme.DiscoveredTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class JsonDiscoveryTest {

    private static List<String> columns(String uri, String... values) {
        return names(discover(uri, values));
    }

    private static DiscoveredTable discover(String uri, String... values) {
        List<ConsumerRecord<byte[], byte[]>> records =
                Stream.of(values)
                        .map(value -> new ConsumerRecord<>("t", 0, 0L, new byte[0], bytes(value)))
                        .toList();
        return new JsonDiscovery(Requests.of(uri).withoutColumns()).discover(records);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(DiscoveredTable table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type().getLogicalType())
                .toList();
    }

    @Test
    void columnsAreTheUnionOfAllFieldsInTheOrderSeen() {
        assertThat(
                        columns(
                                "kafka://b/t",
                                "{\"id\":1,\"name\":\"a\"}",
                                "{\"id\":1.5,\"at\":\"2025-01-01T00:00:00Z\",\"gone\":null}",
                                "not json",
                                "[{\"tags\":[\"x\"]},{\"tags\":null}]",
                                "17"))
                .containsExactly(
                        "id DOUBLE",
                        "name STRING",
                        "at TIMESTAMP_LTZ(6)",
                        "gone STRING",
                        "tags ARRAY<STRING>");
    }

    @Test
    void anEventTimeIsATimestampHoweverItIsWritten() {
        String uri = "kafka://b/t?event_time_field=ts";
        for (String value :
                List.of(
                        "1735689600000",
                        "\"1735689600000\"",
                        "\"2025-01-01T00:00:00\"",
                        "\"2025-01-01T00:00:00+02:00\"",
                        "\"2025-01-01\"")) {
            DiscoveredTable table = discover(uri, "{\"ts\":" + value + ",\"a\":1}");
            assertThat(table.columns().get(0).type()).isEqualTo(DataTypes.TIMESTAMP_LTZ(3));
        }
    }

    @Test
    void anEventTimeThatCannotBeReadIsAnErrorThatAsksForTheFormat() {
        String uri = "kafka://b/t?event_time_field=ts";
        assertThatThrownBy(() -> discover(uri, "{\"ts\":\"01/02/2025\"}"))
                .hasMessageContaining("VELO-SCH-002")
                .hasMessageContaining("event_time_format=");
        assertThat(columns(uri + "&event_time_format=dd/MM/yyyy", "{\"ts\":\"01/02/2025\"}"))
                .containsExactly("ts TIMESTAMP_LTZ(3)");
    }

    @Test
    void keyFieldsAreReadFromTheKeyIfTheValueDoesNotHoldThem() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("t", 0, 0L, bytes("{\"id\":1}"), bytes("{\"name\":\"a\"}"));
        DiscoveredTable table =
                new JsonDiscovery(
                                Requests.of("kafka://b/t?value_fields_include=except-key")
                                        .withoutColumns())
                        .discover(List.of(record));

        assertThat(names(table)).containsExactly("id BIGINT", "name STRING");
    }

    @Test
    void withoutAnyObjectTheErrorShowsHowToDeclareColumns() {
        assertThatThrownBy(() -> discover("kafka://b/t"))
                .hasMessageContaining("has no record")
                .hasMessageContaining("CREATE TABLE t (id BIGINT");
        assertThatThrownBy(() -> discover("kafka://b/t", "1", "nope", "{}"))
                .hasMessageContaining("None of the 3 newest records");
    }
}
