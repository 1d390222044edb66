// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.uri.VeloUri;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectPathTest {

    private static ObjectPath path(String uri, String table, String schema) {
        return ObjectPath.of(
                VeloUri.parse(uri), Optional.ofNullable(table), Optional.ofNullable(schema));
    }

    private static Optional<TableName> table(String schema, String table) {
        return Optional.of(TableName.of(schema, table));
    }

    @Test
    void readsTheTableFromThePath() {
        assertThat(path("postgresql://h/db", null, null).table()).isEmpty();
        assertThat(path("postgresql://h/db.t", null, null).table()).isEqualTo(table("public", "t"));
        assertThat(path("postgresql://h/db.t", null, "s").table()).isEqualTo(table("s", "t"));
        assertThat(path("postgresql://h/db.s.t", null, null).table()).isEqualTo(table("s", "t"));
        ObjectPath dotted = path("postgresql://h/my%2Edb.s.t%2Ex", null, null);
        assertThat(dotted.database()).isEqualTo(Identifier.of("my.db"));
        assertThat(dotted.table()).isEqualTo(table("s", "t.x"));
    }

    @Test
    void readsTheTableFromTheParameter() {
        assertThat(path("postgresql://h/db", "t", null).table()).isEqualTo(table("public", "t"));
        assertThat(path("postgresql://h/db", "s.t", null).table()).isEqualTo(table("s", "t"));
        assertThat(path("postgresql://h/db", "t", "s").table()).isEqualTo(table("s", "t"));
        assertThat(path("postgresql://h/db", "s.t", "s").table()).isEqualTo(table("s", "t"));
        assertThat(path("postgresql://h/db", "\"a.b\".\"c\"\"d\"", null).table())
                .isEqualTo(table("a.b", "c\"d"));
        assertThat(path("postgresql://h/db", "a\"b", null).table())
                .isEqualTo(table("public", "a\"b"));
        assertThat(path("postgresql://h/db", "t; drop table x; --", null).table())
                .isEqualTo(table("public", "t; drop table x; --"));
    }

    @Test
    void readsBackWhatItPrints() {
        for (TableName name :
                new TableName[] {
                    TableName.of("public", "t"),
                    TableName.of("a.b", "c\"d"),
                    TableName.of("\"", "\"x\""),
                    TableName.of("s", "select * from \"x\".y")
                }) {
            assertThat(path("postgresql://h/db", ObjectPath.parameter(name), null).table())
                    .contains(name);
        }
    }

    @Test
    void refusesContradictionsAndImpossibleNames() {
        assertThatThrownBy(() -> path("postgresql://h/db.t", "u", null))
                .hasMessageContaining("VELO-OPT-002");
        assertThatThrownBy(() -> path("postgresql://h/db", "s.t", "x"))
                .hasMessageContaining("VELO-OPT-002");
        assertThatThrownBy(() -> path("postgresql://h", null, null))
                .hasMessageContaining("VELO-URI-004")
                .hasMessageContaining("names no database");
        assertThatThrownBy(() -> path("postgresql://h/a/b", null, null))
                .hasMessageContaining("VELO-URI-004");
        assertThatThrownBy(() -> path("postgresql://h/a.b.c.d", null, null))
                .hasMessageContaining("4 parts");
        assertThatThrownBy(() -> path("postgresql://h/db", "a.b.c", null))
                .hasMessageContaining("VELO-OPT-001");
        assertThatThrownBy(() -> path("postgresql://h/db", "a.", null))
                .hasMessageContaining("VELO-OPT-001");
    }
}
