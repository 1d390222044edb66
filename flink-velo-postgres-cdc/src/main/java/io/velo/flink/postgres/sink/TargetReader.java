// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.postgres.codec.WrittenColumn;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.RelationKind;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableReader;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;

/** Finds out how a table is written. Not thread-safe, because the session is not. */
final class TargetReader {

    private static final String FACTS =
            "SELECT a.attname, a.attgenerated::text, a.attidentity::text,"
                    + " coalesce(c.collisdeterministic, true)"
                    + " FROM pg_catalog.pg_attribute a"
                    + " LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation"
                    + " WHERE a.attrelid = ?::pg_catalog.regclass"
                    + " AND a.attnum > 0 AND NOT a.attisdropped";

    private static final String ARRAYS =
            "SELECT oid, typarray FROM pg_catalog.pg_type WHERE oid = ANY (?::pg_catalog.oid[])";

    private final PostgresSession session;
    private final WriteTarget target;
    private final Problems problems = new Problems();

    TargetReader(PostgresSession session, WriteTarget target) {
        this.session = session;
        this.target = target;
    }

    /** What a column is besides its type. */
    private record Facts(boolean generated, boolean identityAlways, boolean deterministic) {}

    /**
     * How the table is written.
     *
     * @throws SQLException if the server cannot be asked
     * @throws VeloException if the table cannot be written so
     */
    TargetTable read() throws SQLException {
        TableInfo info = new TableReader(session).tryRead(target.table());
        if (info.kind() == RelationKind.VIEW || info.kind() == RelationKind.MATERIALIZED_VIEW) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Table " + target.table() + " is a view and cannot be written.")
                    .at(target.settings().place())
                    .remedy("Write into the table below it.")
                    .toException();
        }
        Map<String, Facts> facts = facts();
        List<WrittenColumn> columns = new ArrayList<>();
        List<Integer> fields = new ArrayList<>();
        boolean overriding = false;
        boolean loose = target.versionField() >= 0;
        for (int field : target.key()) {
            WrittenColumn column = column(info, field);
            if (column != null) {
                Facts about = facts.get(column.column().name());
                columns.add(column);
                fields.add(field);
                overriding |= about.identityAlways();
                loose |= !about.deterministic() || isLoose(column);
            }
        }
        int keySize = columns.size();
        for (int field : target.fields()) {
            WrittenColumn column = target.key().contains(field) ? null : column(info, field);
            if (column != null && isGiven(facts.get(column.column().name()))) {
                columns.add(column);
                fields.add(field);
            }
        }
        problems.throwIfAny();
        return new TargetTable(
                List.copyOf(columns),
                fields.stream().mapToInt(Integer::intValue).toArray(),
                arrayTypes(columns),
                keySize,
                overriding,
                info.columns().stream()
                        .map(TableColumn::name)
                        .filter(name -> columns.stream().noneMatch(c -> c.column().equals(name)))
                        .toList(),
                loose);
    }

    /** The server makes the values of the others itself. */
    private static boolean isGiven(Facts facts) {
        return !facts.generated() && !facts.identityAlways();
    }

    /** Types whose equal values may have different bytes, or that round what they are given. */
    private static boolean isLoose(WrittenColumn column) {
        return column.isCast()
                || switch (column.type().name()) {
                    case "bpchar", "citext", "float4", "float8", "numeric" -> true;
                    case "time", "timestamp", "timestamptz" -> column.type().modifier() >= 0;
                    default -> false;
                };
    }

    private WrittenColumn column(TableInfo info, int field) {
        RowType.RowField declared = target.columns().getFields().get(field);
        TableColumn column = info.column(declared.getName()).orElse(null);
        if (column == null) {
            List<String> names = info.columns().stream().map(c -> c.name().name()).toList();
            problems.add(
                    Problem.of(
                                    ErrorCode.SCHEMA_COLUMN,
                                    "Table "
                                            + target.table()
                                            + " has no column '"
                                            + declared.getName()
                                            + "'."
                                            + NearestMatch.question(declared.getName(), names))
                            .at(target.settings().place())
                            .remedy("It has: " + String.join(", ", names) + "."));
            return null;
        }
        try {
            return WrittenColumn.of(column.name(), column.type(), declared.getType());
        } catch (VeloException e) {
            e.problems().forEach(p -> problems.add(p.at(target.settings().place())));
            return null;
        }
    }

    private Map<String, Facts> facts() throws SQLException {
        Map<String, Facts> facts = new HashMap<>();
        try (PreparedStatement statement = session.connection().prepareStatement(FACTS)) {
            statement.setString(1, target.table().quoted());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    facts.put(
                            result.getString(1),
                            new Facts(
                                    !result.getString(2).isEmpty(),
                                    result.getString(3).equals("a"),
                                    result.getBoolean(4)));
                }
            }
        }
        return facts;
    }

    private int[] arrayTypes(List<WrittenColumn> columns) throws SQLException {
        Map<Integer, Integer> arrays = new HashMap<>();
        Object[] oids = columns.stream().map(c -> Integer.toUnsignedLong(c.wire().oid())).toArray();
        Array parameter = session.connection().createArrayOf("int8", oids);
        try (PreparedStatement statement = session.connection().prepareStatement(ARRAYS)) {
            statement.setArray(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    arrays.put((int) result.getLong(1), (int) result.getLong(2));
                }
            }
        }
        return columns.stream().mapToInt(c -> arrays.getOrDefault(c.wire().oid(), 0)).toArray();
    }
}
