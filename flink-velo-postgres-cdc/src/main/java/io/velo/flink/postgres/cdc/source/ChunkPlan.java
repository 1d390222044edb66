// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.pgoutput.Relation;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.cdc.row.ChangeContext;
import io.velo.flink.postgres.cdc.row.EnvelopeRows;
import io.velo.flink.postgres.cdc.row.TableRows;
import io.velo.flink.postgres.cdc.row.TypedRows;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.cdc.snapshot.TableKey;
import io.velo.flink.postgres.codec.ColumnDecoder;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TupleDecoder;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * How a range of a table is read: the select list, the rows that come of it, where the key stands.
 * Used by one thread.
 */
final class ChunkPlan implements ChunkBatch.KeyReader {

    private static final LogicalType TEXT = new VarCharType(false, VarCharType.MAX_LENGTH);

    private final SnapshotTable table;
    private final List<String> selected = new ArrayList<>();
    private final TableRows rows;
    private final byte form;
    private final int[] keyFields;
    private final ColumnDecoder[] keyDecoders;

    ChunkPlan(
            CaptureSettings settings,
            SnapshotTable table,
            boolean byPlace,
            ChangeContext context,
            List<String> generated) {
        this.table = table;
        List<ColumnMapping> mappings;
        if (settings.layout().envelope()) {
            mappings = List.of();
            rows = envelope(settings, context, generated);
            form = Tuple.TEXT;
        } else {
            mappings =
                    ColumnMappings.of(
                            table.info(), settings.layout().columns(), settings.database());
            rows = typed(settings, context, mappings);
            form = Tuple.BINARY;
        }
        int keys = byPlace ? 1 : table.key().columns().size();
        keyFields = new int[keys];
        keyDecoders = new ColumnDecoder[keys];
        if (byPlace) {
            keyFields[0] = selected.size();
            keyDecoders[0] = ColumnDecoder.AS_SENT;
            selected.add("t.ctid::text");
        } else {
            for (int i = 0; i < keys; i++) {
                key(i, table.key().columns().get(i), mappings);
            }
        }
    }

    /** A key is read from the column that the job reads where its form says it all. */
    private void key(int number, TableColumn column, List<ColumnMapping> mappings) {
        ColumnMapping asText = ColumnMapping.of(column.name(), column.type(), TEXT);
        if (asText.isDirect()) {
            for (int i = 0; i < mappings.size(); i++) {
                ColumnMapping mapping = mappings.get(i);
                if (mapping.column().equals(column.name())
                        && mapping.wire().equals(asText.wire())) {
                    keyFields[number] = i;
                    keyDecoders[number] = asText.decoder(SpecialValues.FAIL);
                    return;
                }
            }
        }
        keyFields[number] = selected.size();
        keyDecoders[number] = ColumnDecoder.AS_SENT;
        selected.add(TableKey.text("t." + column.name().quoted()));
    }

    private TableRows typed(
            CaptureSettings settings, ChangeContext context, List<ColumnMapping> mappings) {
        List<TypedRows.Field> fields = new ArrayList<>();
        for (ColumnMapping mapping : mappings) {
            ColumnDecoder decoder = mapping.decoder(settings.rules().specialValues());
            fields.add(
                    new TypedRows.Field(
                            mapping.column().name(),
                            selected.size(),
                            decoder,
                            decoder,
                            mapping.target(),
                            false));
            selected.add(mapping.expression("t"));
        }
        return new TypedRows(
                table.info().name(), settings.layout(), settings.rules(), context, fields, null);
    }

    private TableRows envelope(
            CaptureSettings settings, ChangeContext context, List<String> generated) {
        List<Relation.Column> columns = new ArrayList<>();
        for (TableColumn column : table.info().columns()) {
            if (generated.contains(column.name().name())) {
                continue;
            }
            columns.add(new Relation.Column(column.name().name(), column.type().oid(), -1, false));
            String name = "t." + column.name().quoted();
            selected.add("CASE WHEN " + name + " IS NOT NULL THEN " + TableKey.text(name) + " END");
        }
        Relation relation =
                new Relation(
                        0,
                        table.info().name().schema().name(),
                        table.info().name().table().name(),
                        'f',
                        columns);
        return new EnvelopeRows(relation, settings.layout(), settings.rules(), context);
    }

    /** The statement that reads what is left of a split. */
    String copy(SnapshotSplit split) {
        String condition = table.keyOf(split.byPlace()).condition("t", split.range());
        return "COPY (SELECT "
                + String.join(", ", selected)
                + " FROM "
                + table.from(split.relation())
                + " AS t"
                + (condition.isEmpty() ? "" : " WHERE " + condition)
                + (split.byPlace()
                        ? ""
                        : " ORDER BY " + String.join(", ", table.key().expressions("t")))
                + ") TO STDOUT (FORMAT binary)";
    }

    /** Whether the server can read in order from the key's index, and is to. */
    boolean isOrderedByIndex(SnapshotSplit split) {
        return !split.byPlace() && table.key().isNative();
    }

    int fields() {
        return selected.size();
    }

    TableRows rows() {
        return rows;
    }

    byte form() {
        return form;
    }

    @Override
    public List<String> values(byte[] tuple, int start) {
        List<String> values = new ArrayList<>(keyFields.length);
        for (int i = 0; i < keyFields.length; i++) {
            values.add(TupleDecoder.text(tuple, start, keyFields[i], keyDecoders[i]));
        }
        return values;
    }
}
