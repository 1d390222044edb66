// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.PartitionReader;
import io.velo.flink.postgres.meta.SchemaNames;
import io.velo.flink.postgres.meta.TableNames;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogPartitionSpec;

/** Lists the schemas, tables and partitions of a database for a catalog. Not thread-safe. */
final class PostgresBrowser {

    private final PostgresTable server;

    PostgresBrowser(TableRequest request) {
        this.server = PostgresTable.of(request);
    }

    List<String> schemas() {
        return ask("listing schemas", SchemaNames::of);
    }

    String schemaComment(String schema) {
        return ask("describing a schema", session -> SchemaNames.comment(session, schema));
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

    Optional<List<CatalogPartitionSpec>> partitions() {
        return ask(
                "listing partitions",
                session ->
                        new PartitionReader(session)
                                .partitions(server.requireTable())
                                .map(all -> all.stream().map(CatalogPartitionSpec::new).toList()));
    }

    private <T> T ask(String work, Question<T> question) {
        try (PostgresSession session =
                PostgresSession.open(server.settings(), SessionPurpose.DISCOVERY)) {
            return question.answer(session);
        } catch (SQLException e) {
            throw StatementFailure.describe(e, server.settings(), work);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T answer(PostgresSession session) throws SQLException;
    }
}
