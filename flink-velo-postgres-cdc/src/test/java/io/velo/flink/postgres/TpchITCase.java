// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.tpch.TpchAnswer;
import io.velo.flink.testkit.tpch.TpchQuery;
import io.velo.flink.testkit.tpch.TpchTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 22 queries of TPC-H over PostgreSQL's tables: Flink's answers are PostgreSQL's. */
final class TpchITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static final double SCALE = 0.1;

    private static TestDatabase database;
    private static SqlSession flink;

    @BeforeAll
    static void load() throws Exception {
        database = TestDatabase.create();
        TpchDatabase.load(database, SCALE);
        flink = SqlSession.batch();
        for (TpchTable table : TpchTable.values()) {
            flink.run(
                    "CREATE TABLE "
                            + table.tableName()
                            + " WITH ('connector'='velo', 'uri'='"
                            + database.uri("table=" + table.tableName())
                            + "')");
        }
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    static Stream<TpchQuery> queries() {
        return TpchQuery.all().stream();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersAsTheServer(TpchQuery query) throws Exception {
        TpchAnswer answer = new TpchAnswer(flink.texts(query.flinkSql()));
        assertThat(answer.rows()).isNotEmpty();
        assertThat(answer.differenceFrom(server(query))).isEmpty();
    }

    private static TpchAnswer server(TpchQuery query) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query.sql("postgres"))) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return new TpchAnswer(rows);
        }
    }
}
