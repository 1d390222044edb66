// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TpchTest {

    @Test
    void printsTheRowsOfTheSpecification() throws IOException {
        assertThat(lines(TpchTable.REGION)).hasSize(5);
        assertThat(lines(TpchTable.NATION).get(6)).startsWith("6|FRANCE|3|");
        assertThat(lines(TpchTable.CUSTOMER)).hasSize(150);
        assertThat(lines(TpchTable.LINEITEM).get(0))
                .isEqualTo(
                        "1|1|156|4|17.00|17954.55|0.04|0.02|N|O|1996-03-13|1996-02-12|1996-03-22"
                                + "|DELIVER IN PERSON|TRUCK|egular courts above the");
    }

    @ParameterizedTest
    @EnumSource(TpchTable.class)
    void givesEveryLineOneValuePerColumn(TpchTable table) throws IOException {
        assertThat(lines(table))
                .allSatisfy(line -> assertThat(line.split("\\|")).hasSize(table.columns().size()));
    }

    @Test
    void hasATextForEveryQuery() {
        assertThat(TpchQuery.all()).hasSize(22);
        assertThat(TpchQuery.all())
                .allSatisfy(query -> assertThat(query.flinkSql()).contains("SELECT", "FROM"));
    }

    @Test
    void acceptsAnotherOrderAndFewerDigits() {
        TpchAnswer answer = answer("BRAZIL,0.0344358904066547,7", "PERU,2.5,9");
        TpchAnswer same = answer("PERU,2.500000,9", "BRAZIL,0.034436,7");
        assertThat(answer.differenceFrom(same)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRAZIL,2.51,7", "BRASIL,2.5,7", "BRAZIL,2.5,8", "BRAZIL,2.5"})
    void seesAnyOtherValue(String other) {
        assertThat(answer("BRAZIL,2.5,7").differenceFrom(answer(other))).isPresent();
    }

    @Test
    void seesAMissingAndARepeatedRow() {
        assertThat(answer("a", "b").differenceFrom(answer("a"))).isPresent();
        assertThat(answer("a", "a", "b").differenceFrom(answer("a", "b", "b"))).isPresent();
    }

    private static TpchAnswer answer(String... rows) {
        return new TpchAnswer(
                Arrays.stream(rows).map(row -> Arrays.asList(row.split(","))).toList());
    }

    private static List<String> lines(TpchTable table) throws IOException {
        String text = new String(table.data(0.001).readAllBytes(), StandardCharsets.US_ASCII);
        return text.lines().toList();
    }
}
