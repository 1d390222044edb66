// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.postgres.codec.DefaultTypes;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server's system catalog says about tables. */
class DiscoveryITCase {

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private TableInfo read(String schema, String table) {
        try (PostgresSession session = database.session()) {
            return new TableReader(session).read(TableName.of(schema, table));
        }
    }

    private static String type(TableInfo table, String column) {
        return DefaultTypes.of(table.column(column).orElseThrow().type())
                .map(Object::toString)
                .orElse("none");
    }

    @Test
    void readsColumnsCommentsNullabilityAndTheKeyInItsOwnOrder() {
        database.execute(
                "CREATE TABLE t (a int, b text NOT NULL, dropped int, c int, v int GENERATED ALWAYS"
                        + " AS (c * 2) STORED, PRIMARY KEY (c, a) INCLUDE (b))");
        database.execute("ALTER TABLE t DROP dropped");
        database.execute("COMMENT ON TABLE t IS 'about t'");
        database.execute("COMMENT ON COLUMN t.b IS 'about b'");

        TableInfo table = read("public", "t");

        assertThat(table.kind()).isEqualTo(RelationKind.TABLE);
        assertThat(table.comment()).isEqualTo("about t");
        assertThat(table.primaryKey()).containsExactly(Identifier.of("c"), Identifier.of("a"));
        assertThat(table.columns().stream().map(c -> c.name().name()))
                .containsExactly("a", "b", "c", "v");
        assertThat(table.column("b").orElseThrow().comment()).isEqualTo("about b");
        assertThat(table.columns().stream().filter(TableColumn::notNull).map(c -> c.name().name()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void knowsEveryKindOfRelation() {
        database.execute("CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id)");
        database.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9)");
        database.execute("CREATE VIEW v AS SELECT * FROM p");
        database.execute("CREATE MATERIALIZED VIEW m AS SELECT * FROM p");

        assertThat(read("public", "p").kind()).isEqualTo(RelationKind.PARTITIONED_TABLE);
        assertThat(read("public", "p").primaryKey()).hasSize(1);
        assertThat(read("public", "v").kind()).isEqualTo(RelationKind.VIEW);
        assertThat(read("public", "v").primaryKey()).isEmpty();
        assertThat(read("public", "m").kind()).isEqualTo(RelationKind.MATERIALIZED_VIEW);
    }

    @Test
    void resolvesDomainsEnumsAndArraysAndSizes() {
        database.execute("CREATE SCHEMA \"My Types\"");
        database.execute("CREATE TYPE \"My Types\".\"M\" AS ENUM ('b', 'a')");
        database.execute("CREATE DOMAIN d1 AS numeric(10,3)");
        database.execute("CREATE DOMAIN d2 AS d1");
        database.execute("CREATE DOMAIN da AS int[]");
        database.execute("CREATE TYPE pair AS (a int)");
        database.execute(
                "CREATE TABLE t (d d2, ds d2[], e \"My Types\".\"M\", es \"My Types\".\"M\"[], da da,"
                        + " n numeric(40,2), m numeric, k numeric(5,-2), l numeric(2,5), ts"
                        + " timestamp(3), tz timestamptz(0), tm time(6), b bit, b3 bit(3), pr pair,"
                        + " rg int4range, pt point, ov oidvector)");

        TableInfo table = read("public", "t");

        List<String> types =
                table.columns().stream()
                        .map(c -> c.name() + " " + type(table, c.name().name()))
                        .collect(Collectors.toList());
        assertThat(types)
                .containsExactly(
                        "d DECIMAL(10, 3)",
                        "ds ARRAY<DECIMAL(10, 3)>",
                        "e STRING",
                        "es ARRAY<STRING>",
                        "da ARRAY<INT>",
                        "n STRING",
                        "m STRING",
                        "k DECIMAL(7, 0)",
                        "l DECIMAL(5, 5)",
                        "ts TIMESTAMP(3)",
                        "tz TIMESTAMP_LTZ(0)",
                        "tm TIME(3)",
                        "b BOOLEAN",
                        "b3 STRING",
                        "pr none",
                        "rg none",
                        "pt none",
                        "ov none");
        assertThat(table.column("e").orElseThrow().type().labels()).containsExactly("b", "a");
        assertThat(table.column("e").orElseThrow().type().sql()).isEqualTo("\"My Types\".\"M\"");
    }

    @Test
    void listsTablesWithoutPartitionsAndSystemTables() throws Exception {
        database.execute("CREATE SCHEMA s");
        database.execute("COMMENT ON SCHEMA s IS 'about s'");
        database.execute("CREATE TABLE s.p (id int) PARTITION BY RANGE (id)");
        database.execute("CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES FROM (0) TO (9)");
        database.execute("CREATE VIEW \"V v\" AS SELECT 1 AS x");

        try (PostgresSession session = database.session()) {
            assertThat(new TableNames(session).all())
                    .containsExactly(TableName.of("public", "V v"), TableName.of("s", "p"));
            assertThat(SchemaNames.of(session)).containsExactly("public", "s");
            assertThat(SchemaNames.comment(session, "s")).isEqualTo("about s");
            assertThat(SchemaNames.comment(session, "none")).isEmpty();
        }
    }
}
