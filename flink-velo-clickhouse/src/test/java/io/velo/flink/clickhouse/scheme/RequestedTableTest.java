// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.common.uri.VeloUri;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedTableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clickhouse://ch/shop?table=t|ch:8123|shop|t",
                "clickhouse://a:1,b/shop.t|a:1 b:8123|shop|t",
                "clickhouses://ch/shop?table=t|ch:8443|shop|t",
                "clickhouse://ch/shop?table=t&ssl=true|ch:8443|shop|t",
                "clickhouse://ch:9000/shop?table=t|ch:8123|shop|t",
                "clickhouses://ch:9440/shop?table=t|ch:8443|shop|t",
                "clickhouse://ch:9000/shop?table=t&http_port=80|ch:80|shop|t",
                "clickhouse://ch?table=t|ch:8123|default|t",
                "clickhouse://ch/shop?table=a.b|ch:8123|shop|a.b"
            })
    void hostsDatabaseAndTableAreRead(String uri, String hosts, String database, String table) {
        RequestedTable requested = RequestedTable.of(Requests.of(uri, Map.of()));
        assertThat(String.join(" ", requested.target().hosts())).isEqualTo(hosts);
        assertThat(requested.target().database()).isEqualTo(database);
        assertThat(requested.table()).isEqualTo(table);
    }

    @Test
    void settingsOfTheServerAreHandedOn() {
        RequestedTable requested =
                RequestedTable.of(
                        Requests.of(
                                "clickhouse://ch/s?table=t&compression=none&setting.max_threads=2",
                                Map.of("setting.insert_quorum", "auto")));
        assertThat(requested.target().settings())
                .isEqualTo(Map.of("max_threads", "2", "insert_quorum", "auto"));
        assertThat(requested.target().compression()).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setting.async_insert=1|Setting 'async_insert' cannot be given",
                "setting.output_format_parquet_compression_method=zstd|Setting"
                        + " 'output_format_parquet_compression_method' cannot be given"
            })
    void whatIsNotServedIsRefused(String parameter, String sentence) {
        String uri = "clickhouse://ch/shop?table=t&" + parameter;
        assertThatThrownBy(() -> RequestedTable.of(Requests.of(uri, Map.of())))
                .hasMessageContaining(sentence);
    }

    @Test
    void aWarningAboutTheNativePortIsAnErrorUnderStrict() {
        String uri = "clickhouse://ch:9000/shop?table=t&strict=true";
        assertThatThrownBy(() -> RequestedTable.of(Requests.of(uri, Map.of())))
                .hasMessageContaining("ClickHouse's native port")
                .hasMessageContaining("8123");
    }

    @Test
    void theUriOfATableComesFromTheUriOfItsServer() {
        VeloUri server = VeloUri.parse("clickhouse://a:1,b/shop?compression=none");
        VeloUri table = new ClickHouseScheme().tableUri(server, "my db", "a&b.c");
        RequestedTable requested = RequestedTable.of(Requests.of(table.print(), Map.of()));
        assertThat(requested.target().database()).isEqualTo("my db");
        assertThat(requested.table()).isEqualTo("a&b.c");
        assertThat(requested.target().hosts()).containsExactly("a:1", "b:8123");
        assertThat(new ClickHouseScheme().namesServer(server)).isTrue();
        assertThat(new ClickHouseScheme().namesServer(table)).isFalse();
    }
}
