// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements about schemas and tables in a catalog over a database. */
class CatalogDdlITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;
    private SqlSession sql;

    @BeforeEach
    void openCatalog() throws Exception {
        database = TestDatabase.create();
        sql = SqlSession.batch();
        sql.run("CREATE CATALOG shop WITH ('type'='velo','uri'='" + uri() + "')");
        sql.run("USE CATALOG shop");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private String uri() {
        return database.uri("").replace("?", "");
    }

    private List<String> columns(String table) {
        return database.query(
                "SELECT attname || ' ' || format_type(atttypid, atttypmod)"
                        + " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END"
                        + " || coalesce(' -- ' || col_description(attrelid, attnum), '')"
                        + " FROM pg_attribute WHERE attrelid = '"
                        + table
                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
    }

    private List<String> primaryKey(String table) {
        return database.query(
                "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
                        + " WHERE contype = 'p' AND conrelid = '"
                        + table
                        + "'::regclass");
    }

    @Test
    void createsAndDropsSchemas() throws Exception {
        sql.run("CREATE DATABASE sales COMMENT 'what we sell'");
        sql.run("CREATE DATABASE IF NOT EXISTS sales COMMENT 'not this'");

        assertThat(sql.rows("SHOW DATABASES")).contains("+I[sales]");
        assertThat(database.query("SELECT obj_description('sales'::regnamespace)"))
                .containsExactly("what we sell");
        assertThatThrownBy(() -> sql.run("CREATE DATABASE sales"))
                .hasStackTraceContaining("sales already exists");
        assertThatThrownBy(() -> sql.run("CREATE DATABASE other WITH ('owner'='me')"))
                .hasStackTraceContaining("has no properties");
        assertThatThrownBy(() -> sql.run("ALTER DATABASE sales SET ('a'='b')"))
                .hasStackTraceContaining("takes no properties here");

        sql.run("CREATE TABLE sales.t (id INT)");
        assertThatThrownBy(() -> sql.run("DROP DATABASE sales"))
                .hasStackTraceContaining("is not empty");
        sql.run("DROP DATABASE sales CASCADE");
        sql.run("DROP DATABASE IF EXISTS sales");
        assertThat(database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'sales'"))
                .isEmpty();
    }

    @Test
    void createsTablesAndReadsAndWritesThem() throws Exception {
        String table =
                "`public`.`Or\"der` (id BIGINT NOT NULL COMMENT 'the ''number''', `a.b` STRING,"
                        + " price DECIMAL(12, 2), ts TIMESTAMP_LTZ(3) NOT NULL, tags ARRAY<STRING>,"
                        + " PRIMARY KEY (id) NOT ENFORCED) COMMENT 'all\\orders'";
        sql.run("CREATE TABLE " + table);
        sql.run("CREATE TABLE IF NOT EXISTS " + table);

        assertThat(columns("\"Or\"\"der\""))
                .containsExactly(
                        "id bigint NOT NULL -- the 'number'",
                        "a.b text",
                        "price numeric(12,2)",
                        "ts timestamp(3) with time zone NOT NULL",
                        "tags text[]");
        assertThat(primaryKey("\"Or\"\"der\"")).containsExactly("Or\"der_pkey PRIMARY KEY (id)");
        sql.set("table.exec.sink.require-on-conflict", "false");
        sql.run(
                "INSERT INTO `public`.`Or\"der` VALUES (1, 'x', 2.50, TO_TIMESTAMP_LTZ(0, 3),"
                        + " ARRAY['p', 'q'])");
        assertThat(sql.rows("SELECT id, `a.b`, price, tags FROM `public`.`Or\"der`"))
                .containsExactly("+I[1, x, 2.50, [p, q]]");
        String shown = String.join("\n", sql.rows("SHOW CREATE TABLE `public`.`Or\"der`"));
        assertThat(shown)
                .contains("COMMENT 'all\\orders'", "COMMENT 'the ''number'''", "PRIMARY KEY (`id`)")
                .doesNotContain("'password' = '" + database.server().password() + "'");

        assertThatThrownBy(() -> sql.run("CREATE TABLE `public`.`Or\"der` (id INT)"))
                .hasStackTraceContaining("already exists");
        sql.run("CREATE TABLE `public`.copy LIKE `public`.`Or\"der` (EXCLUDING OPTIONS)");
        assertThat(primaryKey("copy")).hasSize(1);
        sql.run("CREATE TABLE `public`.made AS SELECT id, `a.b` AS v FROM `public`.`Or\"der`");
        assertThat(database.query("SELECT v FROM made")).containsExactly("x");
        sql.run("DROP TABLE `public`.`Or\"der`");
        sql.run("DROP TABLE IF EXISTS `public`.`Or\"der`");
        assertThat(sql.rows("SHOW TABLES FROM `public`")).containsExactly("+I[copy]", "+I[made]");
    }

    @Test
    void altersColumnsKeysCommentsAndNames() throws Exception {
        database.execute(
                "CREATE TABLE t (id int NOT NULL, u uuid, v varchar(5) DEFAULT 'd', gone int)");
        database.execute("INSERT INTO t VALUES (1, NULL, 'x', 2)");
        sql.run("ALTER TABLE `public`.t ADD (n DECIMAL(5, 1) COMMENT 'n''s', m INT)");
        sql.run("ALTER TABLE `public`.t DROP gone");
        sql.run("ALTER TABLE `public`.t RENAME v TO w");
        sql.run("ALTER TABLE `public`.t MODIFY id BIGINT NOT NULL COMMENT 'grown'");
        sql.run("ALTER TABLE `public`.t MODIFY u STRING COMMENT 'still a uuid'");
        sql.run("ALTER TABLE `public`.t ADD PRIMARY KEY (id) NOT ENFORCED");

        assertThat(columns("t"))
                .containsExactly(
                        "id bigint NOT NULL -- grown",
                        "u uuid -- still a uuid",
                        "w character varying(5)",
                        "n numeric(5,1) -- n's",
                        "m integer");
        assertThat(primaryKey("t")).containsExactly("t_pkey PRIMARY KEY (id)");
        assertThat(sql.rows("DESCRIBE `public`.t"))
                .contains("+I[id, BIGINT, false, PRI(id), null, null, grown]");
        sql.run("ALTER TABLE `public`.t MODIFY PRIMARY KEY (w, id) NOT ENFORCED");
        assertThat(primaryKey("t")).containsExactly("t_pkey PRIMARY KEY (w, id)");
    }

    @Test
    void dropsKeysAndRenamesTables() throws Exception {
        database.execute("CREATE TABLE t (id int, CONSTRAINT \"odd name\" PRIMARY KEY (id))");
        database.execute("CREATE TABLE other (id int)");
        sql.run("ALTER TABLE `public`.t DROP PRIMARY KEY");
        assertThat(primaryKey("t")).isEmpty();
        sql.run("ALTER TABLE `public`.t ADD CONSTRAINT mine PRIMARY KEY (id) NOT ENFORCED");
        assertThat(primaryKey("t")).containsExactly("mine PRIMARY KEY (id)");

        assertThatThrownBy(() -> sql.run("ALTER TABLE `public`.t RENAME TO other"))
                .hasStackTraceContaining("already exists");
        sql.run("ALTER TABLE `public`.t RENAME TO `new name`");
        assertThat(sql.rows("SHOW TABLES FROM `public`"))
                .containsExactly("+I[new name]", "+I[other]");
    }

    @Test
    void refusesWhatPostgresqlCannotKeepAndChangesNothing() {
        database.execute("CREATE TABLE t (id int, v text)");
        database.execute("INSERT INTO t VALUES (NULL, 'no number')");
        database.execute("CREATE VIEW dependent AS SELECT id FROM t");
        String like = " `public`.bad (id INT, ts TIMESTAMP(3)";

        refuses("CREATE TABLE" + like + ", n AS id + 1)", "'n', which is computed");
        refuses("CREATE TABLE" + like + ", WATERMARK FOR ts AS ts)", "A watermark is Flink's own");
        refuses("CREATE TABLE" + like + ") WITH ('batch-size'='5')", "Option 'batch-size' is no");
        refuses("CREATE TABLE" + like + ") PARTITIONED BY (id)", "by what ranges or lists");
        refuses("CREATE TABLE" + like + ") DISTRIBUTED INTO 2 BUCKETS", "A distribution");
        refuses("CREATE TABLE" + like + ", m MAP<INT, INT>)", "type MAP<INT, INT>");
        refuses("CREATE TABLE `public`.bad LIKE `public`.t", "EXCLUDING OPTIONS");
        refuses("CREATE VIEW `public`.bad AS SELECT 1", "views of Flink");
        refuses("ALTER TABLE `public`.t ADD (a INT, b INT FIRST)", "adds columns at the end");
        refuses("ALTER TABLE `public`.t ADD (a INT, b MAP<INT, INT>)", "type MAP<INT, INT>");
        refuses("ALTER TABLE `public`.t MODIFY v INT", "cannot be cast automatically");
        refuses("ALTER TABLE `public`.t ADD PRIMARY KEY (id) NOT ENFORCED", "contains null values");
        refuses("ALTER TABLE `public`.t DROP id", "depend");
        refuses("ALTER TABLE `public`.t SET ('batch-size'='5')", "Option 'batch-size' is no");
        refuses("ALTER TABLE `public`.t ADD PARTITION (id = 1)", "cannot be added or dropped here");
        refuses("DROP TABLE `public`.dependent", "is not a table");
        database.execute("CREATE TABLE \"${env:HOME}\" (id int)");
        refuses("SELECT * FROM `public`.`${env:HOME}`", "read as a reference to a secret");
        refuses("CREATE TABLE `public`.`${file:/x}` (id INT)", "read as a reference to a secret");
        refuses("DROP TABLE `public`.t", "depend");

        assertThat(columns("t")).containsExactly("id integer", "v text");
        assertThat(database.query("SELECT relname FROM pg_class WHERE relname = 'bad'")).isEmpty();
    }

    private void refuses(String statement, String reason) {
        assertThatThrownBy(() -> sql.run(statement)).as(statement).hasStackTraceContaining(reason);
    }

    @Test
    void showsPartitions() throws Exception {
        database.execute("CREATE TABLE p (id int, r text) PARTITION BY LIST (r)");
        database.execute("CREATE TABLE p_eu PARTITION OF p FOR VALUES IN ('EU', 'UK')");
        database.execute("CREATE TABLE p_rest PARTITION OF p DEFAULT PARTITION BY RANGE (id)");
        database.execute("CREATE TABLE p_low PARTITION OF p_rest FOR VALUES FROM (0) TO (9)");
        database.execute("CREATE TABLE plain (id int)");

        assertThat(sql.rows("SHOW PARTITIONS `public`.p"))
                .containsExactly(
                        "+I[partition=public.p_eu/bounds=FOR VALUES IN ('EU', 'UK')]",
                        "+I[partition=public.p_rest/bounds=DEFAULT]",
                        "+I[partition=public.p_low/bounds=FOR VALUES FROM (0) TO (9)]");
        assertThatThrownBy(() -> sql.rows("SHOW PARTITIONS `public`.plain"))
                .hasStackTraceContaining("is not partitioned");
        sql.run("INSERT INTO `public`.p VALUES (5, 'US'), (6, 'EU')");
        assertThat(database.query("SELECT id FROM p_low")).containsExactly("5");
    }

    @Test
    void keepsDeclaredTablesBesideThoseOfTheServer() throws Exception {
        database.execute("CREATE TABLE t (id int)");
        sql.run("CREATE VIEW `default`.v AS SELECT id + 1 AS n FROM `public`.t");
        sql.run("INSERT INTO `public`.t VALUES (1)");

        assertThat(sql.rows("SELECT n FROM `default`.v")).containsExactly("+I[2]");
        assertThat(sql.rows("SHOW VIEWS FROM `public`")).isEmpty();
        sql.run("DROP VIEW `default`.v");
    }
}
