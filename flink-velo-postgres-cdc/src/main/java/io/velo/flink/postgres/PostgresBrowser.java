// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.SchemaNames;
import io.velo.flink.postgres.meta.TableNames;
import java.sql.SQLException;
import java.util.List;

/** Lists the schemas and tables of a database for a catalog. Not thread-safe. */
final class PostgresBrowser {

    private final PostgresTable server;

    PostgresBrowser(TableRequest request) {
        this.server = PostgresTable.of(request);
    }

    List<String> schemas() {
        return ask("listing schemas", SchemaNames::of);
    }

    List<String> tables(String schema) {
        return ask(
                "listing tables",
                session ->
                        new TableNames(session)
                                .all().stream()
                                        .filter(name -> name.schema().name().equals(schema))
                                        .map(name -> name.table().name())
                                        .toList());
    }

    private List<String> ask(String work, Question question) {
        try (PostgresSession session =
                PostgresSession.open(server.settings(), SessionPurpose.DISCOVERY)) {
            return question.answer(session);
        } catch (SQLException e) {
            throw StatementFailure.describe(e, server.settings(), work);
        }
    }

    @FunctionalInterface
    private interface Question {
        List<String> answer(PostgresSession session) throws SQLException;
    }
}
