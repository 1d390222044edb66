// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.ObjectPath;
import io.velo.flink.postgres.sql.QueryText;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.util.Optional;

/**
 * What a request means: the database, the table if one is named, how a lost connection is opened
 * again. Immutable, therefore thread-safe. Opens no connection.
 *
 * @param settings the database
 * @param table the table, if one is named
 * @param query the query that stands for a table, if one is given
 * @param backoff how a lost connection is opened again
 */
record PostgresTable(
        ConnectSettings settings,
        Optional<TableName> table,
        Optional<QueryText> query,
        Backoff backoff) {

    /**
     * The meaning of a request.
     *
     * @throws io.velo.flink.common.error.VeloException if the URI or its options are not possible
     */
    static PostgresTable of(TableRequest request) {
        ResolvedOptions options = request.options();
        ObjectPath path =
                ObjectPath.of(
                        request.uri(),
                        options.find(PostgresOptions.TABLE),
                        options.find(PostgresOptions.SCHEMA));
        ConnectSettings settings =
                new ConnectSettings(
                        ConnectSettings.addresses(request.uri().hosts()),
                        path.database(),
                        request.credentials(),
                        options.get(PostgresOptions.SSLMODE),
                        options.find(PostgresOptions.SSLROOTCERT).orElse(""),
                        options.get(PostgresOptions.TARGET_SESSION_ATTRS));
        Backoff backoff =
                new Backoff(
                        options.get(RetryOptions.MAX_ATTEMPTS),
                        options.get(RetryOptions.INITIAL_DELAY),
                        options.get(RetryOptions.MAX_DELAY));
        Optional<QueryText> query = options.find(PostgresOptions.QUERY);
        if (query.isPresent() && path.table().isPresent()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The URI names table '" + path.table().get() + "' and a query.")
                    .at(request.uri().toString())
                    .remedy("Keep one of them.")
                    .toException();
        }
        return new PostgresTable(settings, path.table(), query, backoff);
    }

    /**
     * The table or query that rows are read from, one of which must be named.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-004} if none is
     */
    Relation requireRelation() {
        return query.map(Relation::of).orElseGet(() -> Relation.of(requireTable()));
    }

    /**
     * The table that must be named.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-004} if none is
     */
    TableName requireTable() {
        return table.orElseThrow(
                () ->
                        Problem.of(
                                        ErrorCode.URI_NO_OBJECT,
                                        "The URI names a database, but no table in it.")
                                .at(settings.place())
                                .remedy("Add ?table=name or ?table=schema.name.")
                                .toException());
    }
}
