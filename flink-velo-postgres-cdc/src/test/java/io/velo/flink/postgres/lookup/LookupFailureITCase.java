// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.fault.Await;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lookups while servers and tables change under them. */
@Timeout(300)
class LookupFailureITCase {

    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("k", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.STRING()))
                            .getLogicalType();

    private static BatchingLookup<KeyValues> function(TestDatabase database, int attempts)
            throws Exception {
        BatchingLookup<KeyValues> function = Lookups.open(database.settings(), "c", ROW, attempts);
        return function;
    }

    private static void createTable(TestDatabase database) {
        database.execute("CREATE TABLE c (k int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO c SELECT i, 'v' || i FROM generate_series(1, 1000) i");
    }

    private static CompletableFuture<Collection<RowData>> ask(
            BatchingLookup<KeyValues> function, long key) {
        return function.asyncLookup(GenericRowData.of(key));
    }

    @Test
    void answersEveryKeyAlthoughTheServerIsKilledInBetween() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            createTable(database);
            BatchingLookup<KeyValues> function = function(database, 1000);
            List<CompletableFuture<Collection<RowData>>> answers = new ArrayList<>();
            CompletableFuture<Void> restart = null;
            for (int i = 0; i < 20_000; i++) {
                answers.add(ask(function, 1 + i % 1000));
                if (i == 5000) {
                    server.kill();
                    restart = CompletableFuture.runAsync(server::start);
                }
            }
            for (int i = 0; i < answers.size(); i++) {
                Collection<RowData> rows = answers.get(i).get(60, TimeUnit.SECONDS);
                assertThat(rows).hasSize(1);
                assertThat(rows.iterator().next().getString(1)).hasToString("v" + (1 + i % 1000));
            }
            restart.get();
            function.close();
        }
    }

    @Test
    void failsTheLookupWhenTheServerStaysAway() throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create())) {
            TestDatabase database = TestDatabase.create(server);
            createTable(database);
            BatchingLookup<KeyValues> function = function(database, 2);
            assertThat(ask(function, 1).get()).hasSize(1);

            server.kill();

            assertThatThrownBy(() -> ask(function, 1).get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("VELO-IO-001")
                    .hasMessageContaining("127.0.0.1:" + server.port());
            function.close();
        }
    }

    @Test
    void goesOnWhenAColumnThatItDoesNotReadIsAddedAndFailsWhenOneIsDropped() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            createTable(database);
            BatchingLookup<KeyValues> function = function(database, 3);
            assertThat(ask(function, 1).get()).hasSize(1);

            database.execute("ALTER TABLE c ADD w int");
            assertThat(ask(function, 2).get()).hasSize(1);
            database.execute("ALTER TABLE c ALTER v TYPE varchar(50)");
            assertThat(ask(function, 3).get()).hasSize(1);
            database.execute("ALTER TABLE c DROP v");
            assertThatThrownBy(() -> ask(function, 4).get())
                    .rootCause()
                    .hasMessageContaining("VELO-SCH-003");
            function.close();
        }
    }

    @Test
    void answersOrFailsEveryKeyAndLeavesNoThreadAndNoConnectionWhenClosed() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            createTable(database);
            BatchingLookup<KeyValues> function = function(database, 3);
            List<CompletableFuture<Collection<RowData>>> answers = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                answers.add(ask(function, i));
            }

            function.close();

            for (CompletableFuture<Collection<RowData>> answer : answers) {
                assertThat(answer.handle((rows, e) -> true).get(60, TimeUnit.SECONDS)).isTrue();
            }
            Await.noThread("velo-postgresql-lookup");
            String open =
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid()";
            Await.until(() -> database.query(open).isEmpty());
        }
    }
}
