// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.postgres.cdc.replication.Lsn;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/**
 * What is known about the change that is being written besides its values; writes the metadata
 * columns. Kept and changed by one thread.
 */
public final class ChangeContext {

    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private final RowLayout layout;
    private final StringData database;
    private StringData schema;
    private StringData table;
    private TimestampData committed;
    private StringData commitLsn;
    private long xid;
    private long ordinal;
    private long lsn;
    private StringData shownLsn;
    private boolean snapshot;

    /** A context for rows of this layout. */
    public ChangeContext(RowLayout layout, String database) {
        this.layout = layout;
        this.database = StringData.fromString(database);
    }

    /** The rows that follow are of this table. */
    public void table(StringData schemaName, StringData tableName) {
        schema = schemaName;
        table = tableName;
    }

    /** The rows that follow were there before. */
    public void snapshot(long horizon) {
        snapshot = true;
        lsn = horizon;
        shownLsn = null;
        committed = null;
        commitLsn = null;
    }

    /** The rows that follow are of this transaction. */
    public void transaction(long commit, long commitMicros, int shortXid) {
        snapshot = false;
        if (layout.metadata().isEmpty()) {
            return;
        }
        committed = timestamp(commitMicros);
        commitLsn = StringData.fromString(Lsn.text(commit));
        xid = Integer.toUnsignedLong(shortXid);
    }

    private static TimestampData timestamp(long micros) {
        long millis = Math.floorDiv(micros, 1000L);
        return TimestampData.fromEpochMillis(
                millis + EPOCH_MILLIS, (int) (micros - millis * 1000) * 1000);
    }

    /** The rows that follow are of this change. */
    public void change(long position, long number) {
        lsn = position;
        ordinal = number;
        shownLsn = null;
    }

    /** Fills the metadata columns of a row. */
    void fill(GenericRowData row, RowKind kind, GenericArrayData unchanged) {
        int at = layout.columns().getFieldCount();
        for (int i = 0; i < layout.metadata().size(); i++) {
            row.setField(at + i, value(layout.metadata().get(i), kind, unchanged));
        }
    }

    private Object value(MetadataColumn column, RowKind kind, GenericArrayData unchanged) {
        return switch (column) {
            case DATABASE_NAME -> database;
            case SCHEMA_NAME -> schema;
            case TABLE_NAME -> table;
            case OP_TS -> committed;
            case ROW_KIND -> StringData.fromString(kind.shortString());
            case LSN -> shownLsn();
            case COMMIT_LSN -> commitLsn;
            case XID -> snapshot ? null : (Object) xid;
            case TX_ORDINAL -> snapshot ? null : (Object) ordinal;
            case SNAPSHOT -> snapshot;
            case UNCHANGED_COLUMNS -> unchanged;
        };
    }

    private StringData shownLsn() {
        if (shownLsn == null) {
            shownLsn = StringData.fromString(Lsn.text(lsn));
        }
        return shownLsn;
    }

    StringData schema() {
        return schema;
    }

    StringData table() {
        return table;
    }
}
