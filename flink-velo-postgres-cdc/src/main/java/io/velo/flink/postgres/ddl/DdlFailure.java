// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.ServerText;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;

/** Says why a definition was not changed. Stateless, therefore thread-safe. */
final class DdlFailure {

    private DdlFailure() {}

    /**
     * The failure of a statement.
     *
     * @param work what was being done, such as "creating table public.orders"
     */
    static VeloException describe(SQLException error, ConnectSettings settings, String work) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String remedy =
                switch (state) {
                    case "2BP01" -> "Drop what depends on it first, or use CASCADE for a database.";
                    case "42804" ->
                            "Change the type in PostgreSQL, by ALTER TABLE … TYPE … USING ….";
                    case "55P03" -> "Somebody uses the table. Try again when they have finished.";
                    case "23502" -> "Fill the column first, or leave NOT NULL out.";
                    case "23505" -> "Remove the rows that stand twice first.";
                    case "42501" -> "Let the owner do that, or run GRANT CREATE … for this login.";
                    default -> null;
                };
        if (remedy == null) {
            return StatementFailure.describe(error, settings, work);
        }
        return Problem.of(
                        state.equals("42501") ? ErrorCode.IO_PRIVILEGE : ErrorCode.SCHEMA_CATALOG,
                        "PostgreSQL refuses " + work + ": " + ServerText.of(error))
                .at(settings.place())
                .remedy(remedy)
                .toException(error);
    }
}
