// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableComment;
import io.velo.flink.postgres.codec.ColumnTypes;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.types.logical.LogicalType;

/** The statements that alter a table, from Flink's list of changes. Not thread-safe. */
public final class TableAlteration {

    private final TableName table;
    private final Optional<Identifier> primaryKey;
    private final String comment;
    private final List<String> statements = new ArrayList<>();

    private TableAlteration(TableName table, Optional<Identifier> primaryKey, String comment) {
        this.table = table;
        this.primaryKey = primaryKey;
        this.comment = comment;
    }

    /**
     * The statements of these changes, in their order.
     *
     * @param primaryKey the name of the table's primary key in PostgreSQL, if it has one
     * @param comment the comment of the table after the changes
     * @throws VeloException with every change that PostgreSQL cannot make
     */
    public static List<String> of(
            TableName table,
            Optional<Identifier> primaryKey,
            String comment,
            List<TableChange> changes) {
        TableAlteration alteration = new TableAlteration(table, primaryKey, comment);
        Problems problems = new Problems();
        for (TableChange change : changes) {
            try {
                alteration.change(change);
            } catch (VeloException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        return alteration.statements;
    }

    private void change(TableChange change) {
        if (change instanceof TableChange.AddColumn add) {
            addColumn(add);
        } else if (change instanceof TableChange.DropColumn drop) {
            alter("DROP COLUMN " + quoted(drop.getColumnName()));
        } else if (change instanceof TableChange.ModifyColumnName name) {
            alter(
                    "RENAME COLUMN "
                            + quoted(name.getOldColumnName())
                            + " TO "
                            + quoted(name.getNewColumnName()));
        } else if (change instanceof TableChange.ModifyColumnComment comment) {
            statements.add(
                    Comments.onColumn(
                            table, comment.getNewColumn().getName(), comment.getNewComment()));
        } else if (change instanceof TableChange.ModifyPhysicalColumnType type) {
            changeType(type);
        } else if (change instanceof TableChange.ModifyColumnPosition) {
            throw position();
        } else if (TableComment.isChangedBy(change)) {
            statements.add(Comments.onTable(table, comment));
        } else {
            changeKey(change);
        }
    }

    private void addColumn(TableChange.AddColumn add) {
        if (add.getPosition() != null) {
            throw position();
        }
        Column column = add.getColumn();
        alter(
                "ADD COLUMN "
                        + ColumnDefinition.of(
                                column.getName(), column.getDataType().getLogicalType()));
        column.getComment()
                .filter(comment -> !comment.isEmpty())
                .ifPresent(
                        comment ->
                                statements.add(
                                        Comments.onColumn(table, column.getName(), comment)));
    }

    /** A column whose type stays keeps what PostgreSQL calls it: uuid is a STRING, too. */
    private void changeType(TableChange.ModifyPhysicalColumnType change) {
        String name = change.getNewColumn().getName();
        LogicalType before = change.getOldColumn().getDataType().getLogicalType();
        LogicalType after = change.getNewType().getLogicalType();
        if (!before.copy(true).equals(after.copy(true))) {
            alter("ALTER COLUMN " + quoted(name) + " TYPE " + ColumnTypes.of(name, after));
        }
        if (before.isNullable() != after.isNullable()) {
            alter(
                    "ALTER COLUMN "
                            + quoted(name)
                            + (after.isNullable() ? " DROP NOT NULL" : " SET NOT NULL"));
        }
    }

    private void changeKey(TableChange change) {
        if (change instanceof TableChange.AddUniqueConstraint add) {
            addKey(add.getConstraint());
        } else if (change instanceof TableChange.DropConstraint) {
            dropKey();
        } else if (change instanceof TableChange.ModifyUniqueConstraint modify) {
            dropKey();
            addKey(modify.getNewConstraint());
        } else {
            throw Problem.of(
                            ErrorCode.SCHEMA_CATALOG,
                            "PostgreSQL has nothing for this change: " + change + ".")
                    .remedy("Leave it out.")
                    .toException();
        }
    }

    private void addKey(UniqueConstraint key) {
        alter("ADD " + TableDefinition.key(key));
    }

    /** Flink has one constraint, the primary key, and knows it by a name of its own. */
    private void dropKey() {
        Identifier name =
                primaryKey.orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.SCHEMA_CATALOG,
                                                "Table " + table + " has no primary key.")
                                        .toException());
        alter("DROP CONSTRAINT " + name.quoted());
    }

    private void alter(String change) {
        statements.add("ALTER TABLE " + table.quoted() + " " + change);
    }

    private static String quoted(String column) {
        return Identifier.of(column).quoted();
    }

    private static VeloException position() {
        return Problem.of(
                        ErrorCode.SCHEMA_CATALOG,
                        "PostgreSQL adds columns at the end and cannot move them.")
                .remedy("Leave FIRST and AFTER out.")
                .toException();
    }
}
