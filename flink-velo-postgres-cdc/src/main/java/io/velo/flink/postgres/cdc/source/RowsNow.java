// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.cdc.row.Reselection;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.codec.ColumnDecoder;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.CopyStream;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.VarCharType;
import org.postgresql.copy.CopyOut;

/** Reads single rows of a table by key, as they are now. Used by one thread. */
final class RowsNow implements Reselection {

    private final CaptureSettings settings;
    private final PostgresSession session;
    private final SnapshotTable table;
    private final int[] key;
    private final String select;
    private final int fields;
    private final List<ColumnDecoder> keyTexts = new ArrayList<>();
    private final Tuple tuple = new Tuple();

    RowsNow(CaptureSettings settings, PostgresSession session, SnapshotTable table, int[] key) {
        this.settings = settings;
        this.session = session;
        this.table = table;
        this.key = key;
        List<ColumnMapping> mappings =
                ColumnMappings.of(table.info(), settings.layout().columns(), settings.database());
        this.fields = mappings.size();
        this.select =
                "COPY (SELECT "
                        + String.join(", ", mappings.stream().map(m -> m.expression("t")).toList())
                        + " FROM "
                        + table.info().name().quoted()
                        + " AS t WHERE ";
        for (TableColumn column : table.key().columns()) {
            keyTexts.add(
                    ColumnMapping.of(
                                    column.name(),
                                    column.type(),
                                    new VarCharType(false, VarCharType.MAX_LENGTH))
                            .decoder(SpecialValues.FAIL));
        }
    }

    @Override
    public Tuple now(Tuple row) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < key.length; i++) {
            TableColumn column = table.key().columns().get(i);
            conditions.add(
                    "t."
                            + column.name().quoted()
                            + " = "
                            + Quoting.literal(text(row, i))
                            + "::"
                            + column.type().sql());
        }
        try {
            CopyOut copy =
                    session.driver()
                            .getCopyAPI()
                            .copyOut(
                                    select
                                            + String.join(" AND ", conditions)
                                            + ") TO STDOUT (FORMAT binary)");
            CopyStream stream = new CopyStream(fields);
            boolean found = false;
            for (byte[] message = copy.readFromCopy();
                    message != null;
                    message = copy.readFromCopy()) {
                stream.feed(message);
                if (stream.next()) {
                    tuple.readCopy(stream.tuple(), stream.start(), Tuple.BINARY);
                    found = true;
                    boolean ignored = stream.next();
                }
            }
            return found ? tuple : null;
        } catch (SQLException e) {
            throw StatementFailure.describe(
                    e, settings.database(), "reading a row of table " + table.info().name());
        }
    }

    private String text(Tuple row, int field) {
        int column = key[field];
        return row.kind(column) == Tuple.TEXT
                ? row.text(column)
                : keyTexts.get(field)
                        .decode(row.bytes(), row.start(column), row.length(column))
                        .toString();
    }
}
