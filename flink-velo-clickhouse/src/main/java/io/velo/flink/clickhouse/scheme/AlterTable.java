// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.option.DefinitionOptions;
import io.velo.flink.clickhouse.shard.OnCluster;
import io.velo.flink.clickhouse.type.ServerTypes;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableComment;
import io.velo.flink.common.uri.ParameterName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;

/**
 * Changes of a table as one ALTER TABLE, which the server makes as a whole or not at all. What
 * ClickHouse cannot change is refused before anything happens, all of it at once. Not thread-safe.
 */
final class AlterTable {

    private final String table;
    private final String comment;
    private final OnCluster servers;
    private final List<String> commands = new ArrayList<>();
    private final Problems problems = new Problems();

    private AlterTable(String table, OnCluster servers, String comment) {
        this.table = table;
        this.servers = servers;
        this.comment = comment;
    }

    /**
     * The statement.
     *
     * @param table its quoted name
     * @param servers on which it is altered
     * @param comment its comment after the changes
     * @throws VeloException with every change that ClickHouse cannot make
     */
    static String statement(
            String table, OnCluster servers, String comment, List<TableChange> changes) {
        AlterTable alter = new AlterTable(table, servers, comment == null ? "" : comment);
        changes.forEach(alter::add);
        alter.problems.throwIfAny();
        return "ALTER TABLE " + table + servers.clause() + " " + String.join(", ", alter.commands);
    }

    private void add(TableChange change) {
        if (change instanceof TableChange.AddColumn add) {
            String comment = add.getColumn().getComment().map(AlterTable::commented).orElse("");
            Column column = add.getColumn();
            command("ADD COLUMN " + typed(column) + comment + position(add.getPosition()));
        } else if (change instanceof TableChange.DropColumn drop) {
            command("DROP COLUMN " + Sql.name(drop.getColumnName()));
        } else if (change instanceof TableChange.ModifyColumn modify) {
            modify(modify);
        } else if (TableComment.isChangedBy(change)) {
            command("MODIFY COMMENT " + Sql.text(comment));
        } else if (change instanceof TableChange.SetOption set) {
            set(set.getKey(), set.getValue());
        } else if (change instanceof TableChange.ResetOption reset) {
            reset(reset.getKey());
        } else {
            refuse(
                    "The keys of a ClickHouse table cannot be changed.",
                    "Create another table and copy the rows: INSERT INTO … SELECT ….");
        }
    }

    private void modify(TableChange.ModifyColumn change) {
        String name = Sql.name(change.getOldColumn().getName());
        if (change instanceof TableChange.ModifyColumnName rename) {
            command("RENAME COLUMN " + name + " TO " + Sql.name(rename.getNewColumnName()));
        } else if (change instanceof TableChange.ModifyPhysicalColumnType type) {
            command("MODIFY COLUMN " + typed(type.getNewColumn()));
        } else if (change instanceof TableChange.ModifyColumnComment comment) {
            command("COMMENT COLUMN " + name + " " + Sql.text(comment.getNewComment()));
        } else {
            command("MODIFY COLUMN " + name + position(change.getNewPosition()));
        }
    }

    private void set(String key, String value) {
        String option = ParameterName.fold(key);
        if (option.equals(ParameterName.fold(DefinitionOptions.TTL.key()))) {
            command("MODIFY TTL " + value);
        } else if (option.equals(ParameterName.fold(DefinitionOptions.TABLE_SETTINGS.key()))) {
            command("MODIFY SETTING " + value);
        } else {
            refuse(
                    "Option '" + key + "' of a ClickHouse table cannot be changed.",
                    "Create another table and copy the rows: INSERT INTO … SELECT ….");
        }
    }

    private void reset(String key) {
        if (ParameterName.fold(key).equals(ParameterName.fold(DefinitionOptions.TTL.key()))) {
            command("REMOVE TTL");
        } else {
            refuse(
                    "Option '" + key + "' of a ClickHouse table cannot be reset.",
                    "SET it to what it shall be.");
        }
    }

    private String typed(Column column) {
        String type =
                ServerTypes.find(column.getDataType().getLogicalType())
                        .orElseGet(
                                () -> {
                                    refuse(
                                            "Column '"
                                                    + column.getName()
                                                    + "' is "
                                                    + column.getDataType()
                                                    + ", for which Velo has no ClickHouse type.",
                                            "Give it another type.");
                                    return "";
                                });
        return Sql.name(column.getName()) + " " + type;
    }

    private static String commented(String text) {
        return " COMMENT " + Sql.text(text);
    }

    private static String position(TableChange.ColumnPosition position) {
        if (position instanceof TableChange.After after) {
            return " AFTER " + Sql.name(after.column());
        }
        return position == null ? "" : " FIRST";
    }

    private void command(String text) {
        commands.add(text);
    }

    private void refuse(String sentence, String remedy) {
        problems.add(Problem.of(ErrorCode.SCHEMA_CATALOG, sentence).at(table).remedy(remedy));
    }
}
