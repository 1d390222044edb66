// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.ChangeRules;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnSchemaChange;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.WireFormat;
import io.velo.flink.postgres.cdc.pgoutput.Relation;
import io.velo.flink.postgres.cdc.row.ChangeContext;
import io.velo.flink.postgres.cdc.row.EnvelopeRows;
import io.velo.flink.postgres.cdc.row.TableRows;
import io.velo.flink.postgres.cdc.row.TypedRows;
import io.velo.flink.postgres.cdc.snapshot.ReadPart;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.cdc.snapshot.TableChunks;
import io.velo.flink.postgres.codec.ColumnDecoder;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TypeReader;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Plans how the changes of a table are read whenever the stream describes it: columns are found by
 * name, so that new ones do not matter; types are those of the description, which may be older than
 * the table's present ones. Used by one thread.
 */
final class RelationPlanner {

    private static final LogicalType TEXT = new VarCharType(false, VarCharType.MAX_LENGTH);

    private final CaptureSettings settings;
    private final PostgresSession session;
    private final StreamSplit split;
    private final Set<TableName> dropped;
    private final ChangeContext context;
    private final boolean binary;
    private final Map<TableName, SnapshotTable> tables = new HashMap<>();
    private final Map<Long, PostgresType> types = new HashMap<>();
    private final Map<TableName, Integer> numbers = new HashMap<>();

    /**
     * A planner that asks by this session.
     *
     * @param dropped tables of the split that the server can describe no more
     */
    RelationPlanner(
            CaptureSettings settings,
            PostgresSession session,
            StreamSplit split,
            Set<TableName> dropped,
            ChangeContext context)
            throws SQLException {
        this.settings = settings;
        this.session = session;
        this.split = split;
        this.dropped = dropped;
        this.context = context;
        for (KnownTables.KnownTable known : split.tables().tables()) {
            TableName table = known.name();
            numbers.put(table, known.oid());
            if (!dropped.contains(table)) {
                SnapshotTable found = SnapshotTable.tryRead(session, table);
                SameTable.require(settings, table, known.oid(), found.info().oid());
                tables.put(table, found);
            }
        }
        this.binary = binary();
    }

    /** Whether values are asked for in binary form. */
    boolean isBinary() {
        return binary;
    }

    private boolean binary() {
        if (settings.layout().envelope() || settings.rules().wire() == WireFormat.TEXT) {
            return false;
        }
        if (settings.rules().wire() == WireFormat.BINARY) {
            return true;
        }
        SnapshotTable table = tables.values().iterator().next();
        List<ColumnMapping> mappings = new ArrayList<>();
        RowType columns = settings.layout().columns();
        for (RowType.RowField field : columns.getFields()) {
            if (table.info().column(field.getName()).isPresent()) {
                RowType one = new RowType(List.of(field));
                mappings.addAll(ColumnMappings.of(table.info(), one, settings.database()));
            }
        }
        table.key().columns().stream()
                .map(column -> ColumnMapping.of(column.name(), column.type(), TEXT))
                .forEach(mappings::add);
        return mappings.stream().allMatch(ColumnMapping::isDirect);
    }

    /** The plan for a description, or null if the table is not captured. */
    CapturedRelation plan(Relation relation) throws SQLException {
        TableName name = TableName.of(relation.schema(), relation.table());
        SnapshotTable table = tables.get(name);
        if (table == null) {
            return dropped.contains(name) ? planDropped(name, relation) : null;
        }
        SameTable.require(settings, name, numbers.get(name), relation.oid());
        requireIdentity(name, relation);
        List<String> key = table.key().names();
        TableChunks chunks =
                split.parts().containsKey(name)
                        ? new TableChunks(table.key(), split.parts().get(name))
                        : null;
        int[] positions = new int[key.size()];
        ColumnDecoder[] texts = new ColumnDecoder[key.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position(relation, key.get(i));
            if (positions[i] < 0) {
                throw gone(name, key.get(i));
            }
            PostgresType type = type(relation.columns().get(positions[i]));
            ColumnMapping mapping = ColumnMapping.of(Identifier.of(key.get(i)), type, TEXT);
            texts[i] = mapping.isDirect() ? mapping.decoder(SpecialValues.FAIL) : null;
        }
        return new CapturedRelation(
                StringData.fromString(relation.schema()),
                StringData.fromString(relation.table()),
                rows(name, relation, positions),
                watched(relation, positions),
                positions,
                texts,
                chunks);
    }

    /**
     * The plan for what happened to a table before it was dropped. Its key is not known any more,
     * so that changes cannot be told from rows that were read at several moments: null then.
     */
    private CapturedRelation planDropped(TableName name, Relation relation) throws SQLException {
        SameTable.require(settings, name, numbers.get(name), relation.oid());
        List<ReadPart> parts = split.parts().get(name);
        if (parts != null && !TableChunks.isOneMoment(parts)) {
            return null;
        }
        int[] none = {};
        return new CapturedRelation(
                StringData.fromString(relation.schema()),
                StringData.fromString(relation.table()),
                rows(name, relation, none),
                none,
                none,
                new ColumnDecoder[0],
                parts == null ? null : new TableChunks(null, parts));
    }

    private void requireIdentity(TableName name, Relation relation) {
        if (settings.rules().form() == ChangelogForm.ALL && !relation.isFull()) {
            throw identity(name, "does not hold rows before changes any more");
        }
        if (relation.isFull() || settings.layout().envelope()) {
            return;
        }
        for (String key : settings.layout().keys()) {
            int position = position(relation, key);
            if (position >= 0 && !relation.columns().get(position).key()) {
                throw identity(name, "does not identify rows by '" + key + "' any more");
            }
        }
    }

    private VeloException identity(TableName name, String fault) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The replica identity of table " + name + " " + fault + ".")
                .at(settings.database().place())
                .remedy(
                        "Run ALTER TABLE "
                                + name.quoted()
                                + " REPLICA IDENTITY FULL; then start the job without its state.")
                .toException();
    }

    private int[] watched(Relation relation, int[] key) {
        List<Integer> watched = new ArrayList<>();
        for (int position : key) {
            watched.add(position);
        }
        for (String declared : settings.layout().keys()) {
            int position = position(relation, declared);
            if (position >= 0 && !watched.contains(position)) {
                watched.add(position);
            }
        }
        return watched.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int position(Relation relation, String column) {
        for (int i = 0; i < relation.columns().size(); i++) {
            if (relation.columns().get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    private TableRows rows(TableName name, Relation relation, int[] key) throws SQLException {
        if (settings.layout().envelope()) {
            return new EnvelopeRows(relation, settings.layout(), settings.rules(), context);
        }
        ChangeRules rules = settings.rules();
        List<TypedRows.Field> fields = new ArrayList<>();
        for (RowType.RowField field : settings.layout().columns().getFields()) {
            fields.add(field(name, relation, field, rules));
        }
        return new TypedRows(
                name,
                settings.layout(),
                rules,
                context,
                fields,
                rules.toast() == UnchangedToast.RESELECT
                        ? new RowsNow(settings, session, tables.get(name), key)
                        : null);
    }

    private TypedRows.Field field(
            TableName name, Relation relation, RowType.RowField field, ChangeRules rules)
            throws SQLException {
        int position = position(relation, field.getName());
        if (position < 0) {
            if (rules.schemaChange() == OnSchemaChange.FAIL || !field.getType().isNullable()) {
                throw gone(name, field.getName());
            }
            return new TypedRows.Field(field.getName(), -1, null, null, field.getType(), false);
        }
        Relation.Column column = relation.columns().get(position);
        ColumnMapping mapping =
                ColumnMapping.of(Identifier.of(column.name()), type(column), field.getType());
        if (binary && !mapping.isDirect()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "Column '"
                                    + column.name()
                                    + "' of table "
                                    + name
                                    + " has become "
                                    + mapping.type()
                                    + ", which is not read in binary form.")
                    .at(settings.database().place())
                    .remedy("Restore the job from its last checkpoint with format=text.")
                    .toException();
        }
        return new TypedRows.Field(
                field.getName(),
                position,
                mapping.decoder(rules.specialValues()),
                text(mapping, rules.specialValues()),
                field.getType(),
                column.key());
    }

    /** Also in a binary stream a type without a binary form comes as text. */
    private ColumnDecoder text(ColumnMapping mapping, SpecialValues policy) {
        try {
            return mapping.textDecoder(policy);
        } catch (VeloException e) {
            if (!binary) {
                throw e;
            }
            return (bytes, offset, length) -> {
                throw e;
            };
        }
    }

    private VeloException gone(TableName name, String column) {
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Table " + name + " has no column '" + column + "' any more.")
                .at(settings.database().place())
                .remedy(
                        "Declare the columns that it has; on_schema_change=ignore reads a missing"
                                + " column that takes NULL as NULL.")
                .toException();
    }

    private PostgresType type(Relation.Column column) throws SQLException {
        long key = (long) column.type() << 32 | column.modifier() & 0xffffffffL;
        PostgresType known = types.get(key);
        if (known == null) {
            known = new TypeReader(session).tryRead(column.type(), column.modifier());
            types.put(key, known);
        }
        return known;
    }
}
