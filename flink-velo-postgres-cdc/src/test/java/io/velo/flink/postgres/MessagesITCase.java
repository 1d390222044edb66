// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong is said in one sentence with what to do, and never with a secret. */
class MessagesITCase {

    private static final String CANARY = "VELOCANARY-4711";

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;
    private SqlSession sql;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
        database.execute("CREATE TABLE orders (id int8 PRIMARY KEY, v text)");
        sql = SqlSession.batch();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** The whole failure of a query, and the sentence at its root. */
    private String failure(String uri) {
        Throwable failure = catchThrowable(() -> sql.rows("SELECT * FROM t_" + declare(uri)));
        assertThat(failure).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(CANARY);
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    private int tables;

    private int declare(String uri) throws Exception {
        sql.run(
                "CREATE TABLE t_"
                        + ++tables
                        + " (id BIGINT, v STRING) WITH ('connector'='velo','uri'='"
                        + uri
                        + "')");
        return tables;
    }

    private String uri(String login, String databaseAndParameters) {
        return "postgresql://"
                + login
                + "@127.0.0.1:"
                + database.server().port()
                + "/"
                + databaseAndParameters;
    }

    private String own(String parameters) {
        return uri("velo:velo", database.settings().database() + "?" + parameters);
    }

    @Test
    void saysThatTheLoginIsRefused() {
        assertThat(failure(uri("velo:" + CANARY, "velo?table=orders")))
                .startsWith("VELO-IO-002")
                .contains("refuses the login of user 'velo'")
                .contains("Check username and password");
        assertThat(
                        failure(
                                "postgresql://127.0.0.1:"
                                        + database.server().port()
                                        + "/velo?table=orders&username=velo"))
                .startsWith("VELO-IO-002")
                .contains("Give 'username' and 'password'");
    }

    @Test
    void saysThatTheServerCannotBeReached() {
        assertThat(
                        failure(
                                "postgresql://u:"
                                        + CANARY
                                        + "@127.0.0.1:9/x?table=t&retry_max_attempts=2"))
                .startsWith("VELO-IO-001")
                .contains("127.0.0.1:9 cannot be reached: the connection is refused")
                .contains("Is the server running");
        assertThat(
                        failure(
                                "postgresql://u:"
                                        + CANARY
                                        + "@no-such-host.invalid/x?table=t&retry_max_attempts=1"))
                .startsWith("VELO-IO-001")
                .contains("no-such-host.invalid:5432")
                .contains("host name is not known");
    }

    @Test
    void saysThatTheConnectionCannotBeProtectedAsAsked() {
        assertThat(failure(own("table=orders&sslmode=require&retry_max_attempts=1")))
                .startsWith("VELO-IO-001")
                .contains("does not support SSL");
        assertThat(failure(own("table=orders&ssl_mode=verify-full&sslrootcert=/no/such.pem")))
                .startsWith("VELO-OPT-001")
                .contains("'/no/such.pem', cannot be read");
    }

    @Test
    void triesTheServersInOrder() throws Exception {
        String second = own("table=orders").replace("@", "@127.0.0.1:9,");
        assertThat(sql.rows("SELECT * FROM `" + second + "`")).isEmpty();
    }

    @Test
    void namesTheNearestDatabasesAndTables() {
        String name = database.settings().database().name();
        assertThat(failure(uri("velo:velo", name + "x?table=orders")))
                .startsWith("VELO-SCH-004")
                .contains("Did you mean '" + name + "'");
        assertThat(failure(own("table=order")))
                .startsWith("VELO-SCH-004")
                .contains("no table 'order' in schema 'public'")
                .contains("Did you mean 'public.orders'");
        assertThat(failure(own("table=Orders"))).contains("Did you mean 'public.orders'");
        assertThat(failure(own("table=sales.orders"))).contains("There is public.orders");
    }

    @Test
    void asksForTheTableAndListsTheCandidates() {
        Throwable failure =
                catchThrowable(() -> sql.rows("SELECT * FROM `" + own("schema=public") + "`"));
        assertThat(failure)
                .rootCause()
                .hasMessageStartingWith("VELO-URI-004")
                .hasMessageContaining("?table=")
                .hasMessageContaining("public.orders");
    }

    @Test
    void namesTheMissingPrivilege() {
        String role = "velo_poor_" + System.nanoTime();
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + CANARY + "'");
        String poor = uri(role + ":" + CANARY, database.settings().database() + "?table=orders");

        assertThat(failure(poor))
                .startsWith("VELO-IO-003")
                .contains("'" + role + "' lacks a privilege for reading table public.orders")
                .contains("GRANT SELECT");
        database.execute("DROP ROLE " + role);
    }

    @Test
    void checksPrivilegesOfColumnsToo() throws Exception {
        String role = "velo_some_" + System.nanoTime();
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + CANARY + "'");
        database.execute("GRANT SELECT (id) ON orders TO " + role);
        String some =
                uri(role + ":" + CANARY, database.settings().database() + "?table=orders")
                        + "&validate_connect=true";
        sql.run("CREATE TABLE ids (id BIGINT) WITH ('connector'='velo','uri'='" + some + "')");

        assertThat(sql.rows("SELECT id FROM ids")).isEmpty();
        assertThat(failure(some)).startsWith("VELO-IO-003");
        database.execute("REVOKE SELECT (id) ON orders FROM " + role);
        assertThat(failure(some))
                .startsWith("VELO-IO-003")
                .contains("may not read table public.orders");
        database.execute("DROP ROLE " + role);
    }

    @Test
    void refusesWhatIsNotBuiltYetAndWhatIsUnknown() {
        assertThat(failure(own("table=orders&slot_name=x")))
                .startsWith("VELO-OPT-002")
                .contains("Option 'slot.name' needs cdc=true");
        assertThat(failure(own("table=orders&stream_slots=2")))
                .contains("'stream_slots' of scheme 'postgresql' is not built yet");
        assertThat(failure(own("tabel=orders")))
                .startsWith("VELO-URI-003")
                .contains("Did you mean 'table'");
        assertThat(failure(own("table=orders&cdc=false&sslmode=sometimes")))
                .startsWith("VELO-OPT-001")
                .contains("verify-full");
    }

    @Test
    void refusesToWriteIntoAChangeStream() {
        Throwable failure =
                catchThrowable(
                        () ->
                                sql.run(
                                        "INSERT INTO t_"
                                                + declare(
                                                        own("table=orders")
                                                                .replace(
                                                                        "postgresql:",
                                                                        "postgres-cdc:"))
                                                + " VALUES (1, 'x')"));
        assertThat(failure)
                .rootCause()
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("scheme 'postgres-cdc' cannot be written to");
    }
}
