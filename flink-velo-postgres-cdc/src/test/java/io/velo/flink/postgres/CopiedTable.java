// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.CopyStream;
import io.velo.flink.postgres.codec.DefaultTypes;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TupleDecoder;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableReader;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.postgresql.copy.CopyOut;

/** Reads a small table through the codec alone. */
public final class CopiedTable {

    private CopiedTable() {}

    /** All rows, the columns in the types that discovery gives them. */
    public static List<RowData> read(TestDatabase database, String table) throws SQLException {
        return read(database, table, SpecialValues.FAIL, null);
    }

    /** All rows, every column in the given type. */
    public static List<RowData> read(
            TestDatabase database, String table, SpecialValues policy, LogicalType target)
            throws SQLException {
        try (PostgresSession session = database.session()) {
            TableName name = TableName.of("public", table);
            TableInfo info = new TableReader(session).read(name);
            List<ColumnMapping> mappings = new ArrayList<>();
            for (TableColumn column : info.columns()) {
                LogicalType type =
                        target != null
                                ? target
                                : DefaultTypes.of(column.type()).orElseThrow().getLogicalType();
                mappings.add(ColumnMapping.of(column.name(), column.type(), type));
            }
            String columns =
                    mappings.stream().map(m -> m.expression("t")).collect(Collectors.joining(", "));
            CopyOut copy =
                    session.driver()
                            .getCopyAPI()
                            .copyOut(
                                    "COPY (SELECT "
                                            + columns
                                            + " FROM "
                                            + name.quoted()
                                            + " AS t) TO STDOUT (FORMAT binary)");
            CopyStream stream = new CopyStream(mappings.size());
            TupleDecoder decoder = new TupleDecoder(mappings, policy);
            List<RowData> rows = new ArrayList<>();
            byte[] message = copy.readFromCopy();
            while (message != null) {
                stream.feed(message);
                while (stream.next()) {
                    rows.add(decoder.decode(stream.tuple(), stream.start()));
                }
                message = copy.readFromCopy();
            }
            return rows;
        }
    }
}
