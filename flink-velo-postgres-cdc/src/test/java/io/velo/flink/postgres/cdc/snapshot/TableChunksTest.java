// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableChunksTest {

    private static ReadPart part(List<String> after, List<String> upTo, String snapshot, long at) {
        return new ReadPart(
                new Range(
                        Optional.ofNullable(after).map(Point::new),
                        Optional.ofNullable(upTo).map(Point::new)),
                new Visibility(ServerSnapshot.parse(snapshot), at, 1));
    }

    private static TableKey key(KeyOrder... orders) {
        return new TableKey(List.of(), List.of(orders));
    }

    @Test
    void findsTheRangeOfAKey() {
        TableChunks chunks =
                new TableChunks(
                        key(KeyOrder.INTEGER),
                        List.of(
                                part(List.of("20"), null, "30:30:", 3),
                                part(null, List.of("-5"), "10:10:", 1),
                                part(List.of("-5"), List.of("20"), "20:20:", 9)));

        assertThat(chunks.horizon()).isEqualTo(9);
        assertThat(chunks.shows(List.of("-5"), 9)).isTrue();
        assertThat(chunks.shows(List.of("-5"), 10)).isFalse();
        assertThat(chunks.shows(List.of("-4"), 19)).isTrue();
        assertThat(chunks.shows(List.of("20"), 20)).isFalse();
        assertThat(chunks.shows(List.of("21"), 29)).isTrue();
        assertThat(chunks.isOneMoment()).isFalse();
        assertThat(chunks.allShow(9)).isTrue();
        assertThat(chunks.allShow(10)).isFalse();
        assertThat(chunks.anyShows(10)).isTrue();
        assertThat(chunks.anyShows(30)).isFalse();
    }

    @Test
    void rowsByPlaceAreAlwaysReadByACondition() {
        assertThat(TableKey.PLACE.condition("t", Range.ALL))
                .isEqualTo("t.ctid >= '(0,0)'::pg_catalog.tid");
    }

    @Test
    void partsByPlaceOfOneMomentNeedNoKey() {
        TableChunks chunks =
                new TableChunks(
                        key(KeyOrder.INTEGER),
                        List.of(
                                part(List.of("(16,0)"), null, "20:20:", 3),
                                part(null, List.of("(16,0)"), "20:20:", 5)));

        assertThat(chunks.isOneMoment()).isTrue();
        assertThat(chunks.horizon()).isEqualTo(5);
        assertThat(chunks.shows(19)).isTrue();
        assertThat(chunks.shows(20)).isFalse();
        assertThat(chunks.shows(List.of("7"), 20)).isFalse();
        assertThat(chunks.allShow(19)).isTrue();
    }

    private static void assertOrder(KeyOrder order, String... ascending) {
        List<String> texts = new ArrayList<>(Arrays.asList(ascending));
        java.util.Collections.reverse(texts);
        texts.sort(
                (a, b) -> {
                    @SuppressWarnings("unchecked")
                    Comparable<Object> left = (Comparable<Object>) order.comparable(a);
                    return left.compareTo(order.comparable(b));
                });
        assertThat(texts).containsExactly(ascending);
    }

    @Test
    void ordersAsTheServerDoes() {
        assertOrder(KeyOrder.TEXT, "", "-y", "B", "_x", "a", "a ", "aa", "Ä", "\uFF5E", "😀");
        assertOrder(
                KeyOrder.HEXADECIMAL,
                "7fffffff-0000-0000-0000-000000000000",
                "80000000-0000-0000-0000-000000000000",
                "ffffffff-0000-0000-0000-000000000000");
        assertOrder(KeyOrder.INTEGER, "-9223372036854775808", "-1", "0", "4294967295");
        assertOrder(
                KeyOrder.NUMERIC, "-Infinity", "-1.5", "0", "1e-130", "2.50", "Infinity", "NaN");
        assertOrder(
                KeyOrder.DATE,
                "-infinity",
                "0044-03-15 BC",
                "0001-01-01",
                "2026-01-01",
                "infinity");
        assertOrder(
                KeyOrder.TIMESTAMP,
                "-infinity",
                "0044-03-15 10:00:00 BC",
                "1999-12-31 23:59:59.999999+00",
                "2000-01-01 00:00:00+00",
                "294276-12-31 23:59:59.999999+00",
                "infinity");
    }

    @Test
    void comparesTheColumnsOfAKeyOneByOne() {
        TableChunks chunks =
                new TableChunks(
                        key(KeyOrder.TEXT, KeyOrder.INTEGER),
                        List.of(
                                part(null, List.of("a", "10"), "10:10:", 1),
                                part(List.of("a", "10"), null, "20:20:", 2)));

        assertThat(chunks.shows(List.of("a", "9"), 15)).isFalse();
        assertThat(chunks.shows(List.of("a", "11"), 15)).isTrue();
        assertThat(chunks.shows(List.of("b", "1"), 15)).isTrue();
        assertThat(chunks.shows(List.of("A", "99"), 15)).isFalse();
    }
}
