// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import io.velo.flink.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The quickstart's result, computed by PostgreSQL in plain SQL over the same files: an opinion that
 * owes nothing to Flink or Velo.
 */
final class ExpectedDelays {

    private static final String QUERY =
            "SELECT to_char(date_trunc('day', to_timestamp(f.date, 'YYYY/MM/DD HH24:MI')),"
                    + " 'YYYY-MM-DD'), s.name, s.region, count(*),"
                    + " to_char(avg(f.delay), 'FM999999990.000000'), max(f.delay)"
                    + " FROM expected_flights f"
                    + " JOIN airports a ON f.origin = a.iata"
                    + " JOIN expected_states s ON a.state = s.code"
                    + " GROUP BY 1, 2, 3 ORDER BY 1, 2";

    private ExpectedDelays() {}

    /** Lines of day, state, region, flights, average and worst delay, separated by tabs. */
    static List<String> compute(PostgresServer postgres) throws SQLException, IOException {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("velo"),
                                postgres.username(),
                                postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE expected_states (code text, name text, region text)");
            try (Reader csv = Files.newBufferedReader(ExampleServers.file("data/states.csv"))) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY expected_states FROM STDIN (FORMAT csv, HEADER)", csv);
            }
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "CREATE TEMP TABLE expected_flights AS SELECT * FROM"
                                    + " json_to_recordset(?::json) AS f (date text, delay int,"
                                    + " origin text)")) {
                insert.setString(1, Files.readString(ExampleServers.file("data/flights-20k.json")));
                insert.execute();
            }
            return lines(statement.executeQuery(QUERY));
        }
    }

    private static List<String> lines(ResultSet result) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (result.next()) {
            StringBuilder line = new StringBuilder(result.getString(1));
            for (int column = 2; column <= 6; column++) {
                line.append('\t').append(result.getString(column));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
