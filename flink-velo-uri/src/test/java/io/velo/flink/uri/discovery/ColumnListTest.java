// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.scheme.DiscoveredTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnListTest {

    @Test
    void readsNamesAndTypes() {
        List<DiscoveredTable.Column> columns =
                parse("id BIGINT NOT NULL, `a, b` DECIMAL(10, 2), r ROW<x INT, y ARRAY<STRING>>");

        assertThat(columns)
                .extracting(DiscoveredTable.Column::name)
                .containsExactly("id", "a, b", "r");
        assertThat(columns)
                .extracting(c -> c.type().getLogicalType().asSummaryString())
                .containsExactly(
                        "BIGINT NOT NULL", "DECIMAL(10, 2)", "ROW<`x` INT, `y` ARRAY<STRING>>");
    }

    @Test
    void saysWhatIsWrong() {
        for (String bad : new String[] {"", "id", "id BIGNT", "`id", "id BIGINT,", ", id INT"}) {
            assertThatThrownBy(() -> parse(bad)).as(bad).hasMessageContaining("VELO-OPT-001");
        }
    }

    private static List<DiscoveredTable.Column> parse(String text) {
        return ColumnList.parse(text, ColumnListTest.class.getClassLoader());
    }
}
