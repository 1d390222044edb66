// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.scheme.ClickHouseScheme;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.OptionResolver;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.uri.VeloUri;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of incremental scans. */
class FollowingTest {

    @Test
    void aScanEndsUnlessToldOtherwise() {
        assertThat(Following.of(options(""), "")).isEmpty();
    }

    @Test
    void anIncrementalScanIsFiveSecondsBehindAndAsksEverySecond() {
        assertThat(Following.of(options("scan_mode=incremental&scan_cursor_column=at"), ""))
                .contains(new Following("at", 5_000, false, 1_000));
        assertThat(
                        Following.of(
                                options(
                                        "scan_mode=incremental&scan_cursor_column=at&lag=2s"
                                                + "&poll_interval=10ms"),
                                ""))
                .contains(new Following("at", 2_000, true, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan_mode=incremental|VELO-OPT-003|needs the column",
                "lag=1s|VELO-OPT-002|Add scan.mode=incremental",
                "scan_cursor_column=at|VELO-OPT-002|Add scan.mode=incremental",
                "poll_interval=1s|VELO-OPT-002|Add scan.mode=incremental",
                "scan_mode=incremental&scan_cursor_column=a&scan_resume=split|VELO-OPT-002|Remove"
            })
    void whatCannotBeHadIsRefused(String parameters, String code, String sentence) {
        assertThatThrownBy(() -> Following.of(options(parameters), "clickhouse://ch/s"))
                .hasMessageContaining(code)
                .hasMessageContaining(sentence)
                .hasMessageContaining("clickhouse://ch/s");
    }

    private static ResolvedOptions options(String parameters) {
        VeloUri uri =
                VeloUri.parse(
                        "clickhouse://ch/shop?table=t"
                                + (parameters.isEmpty() ? "" : "&" + parameters));
        return OptionResolver.resolve(
                new ClickHouseScheme().spec(),
                new OptionSources(Map.of(), uri, Map.of()),
                OptionRole.SOURCE);
    }
}
