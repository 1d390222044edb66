// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.UniqueConstraint;

/** The statements that make schemas and tables. Stateless, therefore thread-safe. */
public final class TableDefinition {

    private TableDefinition() {}

    /**
     * The statements that make a schema.
     *
     * @throws VeloException {@code VELO-SCH-006} if it has properties: PostgreSQL keeps none
     */
    public static List<String> ofSchema(Identifier schema, CatalogDatabase definition) {
        if (!definition.getProperties().isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_CATALOG,
                            "A schema of PostgreSQL has no properties, and these are given: "
                                    + String.join(", ", definition.getProperties().keySet())
                                    + ".")
                    .remedy("Leave WITH (…) out.")
                    .toException();
        }
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA " + schema.quoted());
        String comment = definition.getComment();
        if (comment != null && !comment.isEmpty()) {
            statements.add(Comments.onSchema(schema, comment));
        }
        return statements;
    }

    /**
     * The statements that make a table with its columns, key and comments.
     *
     * @throws VeloException with everything that PostgreSQL has no words for
     */
    public static List<String> of(TableName table, ResolvedCatalogTable definition) {
        Problems problems = new Problems();
        if (definition.isPartitioned()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.SCHEMA_CATALOG,
                                    "PARTITIONED BY does not say by what ranges or lists"
                                            + " PostgreSQL shall cut the table.")
                            .remedy(
                                    "Make the partitioned table in PostgreSQL; the catalog shows"
                                            + " and writes it."));
        }
        List<String> parts = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        for (Column column : definition.getResolvedSchema().getColumns()) {
            try {
                parts.add(
                        ColumnDefinition.of(
                                column.getName(), column.getDataType().getLogicalType()));
                column.getComment()
                        .filter(comment -> !comment.isEmpty())
                        .ifPresent(
                                comment ->
                                        comments.add(
                                                Comments.onColumn(
                                                        table, column.getName(), comment)));
            } catch (VeloException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        definition
                .getResolvedSchema()
                .getPrimaryKey()
                .map(TableDefinition::key)
                .ifPresent(parts::add);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table.quoted() + " (" + String.join(", ", parts) + ")");
        String comment = definition.getComment();
        if (comment != null && !comment.isEmpty()) {
            statements.add(Comments.onTable(table, comment));
        }
        statements.addAll(comments);
        return statements;
    }

    /**
     * A primary key as a part of a table; named only if the user named it, not if Flink did.
     *
     * <p>Flink's own name is {@code PK_} and the columns, joined by underscores.
     */
    static String key(UniqueConstraint key) {
        String ofFlink = "PK_" + String.join("_", key.getColumns());
        String name =
                key.getName().equals(ofFlink)
                        ? ""
                        : "CONSTRAINT " + Identifier.of(key.getName()).quoted() + " ";
        return name + ColumnDefinition.primaryKey(key.getColumns());
    }
}
