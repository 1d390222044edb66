// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.option.OptionRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkOptionsTest {

    private static final String ONCE =
            "clickhouse://h/shop?table=t&sink_delivery_guarantee=exactly-once";

    private static void plan(String uri) {
        new ClickHouseScheme().sink(Requests.sink(uri, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch_timeout=1s",
                "batch_strategy=time-window",
                "batch_strategy=adaptive-size",
                "batch_strategy=low-latency"
            })
    void timeSealsNoBlockUnderExactlyOnce(String option) {
        assertThatThrownBy(() -> plan(ONCE + "&" + option))
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining(option.substring(0, 5))
                .hasMessageContaining("'batch-size', 'batch-bytes' and checkpoints");
    }

    @Test
    void sizeSealsBlocksUnderExactlyOnce() {
        assertThatCode(() -> plan(ONCE + "&batch_size=10&batch_strategy=mega-batch"))
                .doesNotThrowAnyException();
    }

    @Test
    void aSinkHasNoCircuitBreaker() {
        assertThat(new ClickHouseScheme().spec().options())
                .filteredOn(option -> option.key().startsWith("circuit-breaker."))
                .isNotEmpty()
                .allMatch(option -> option.role() == OptionRole.SOURCE);
    }
}
