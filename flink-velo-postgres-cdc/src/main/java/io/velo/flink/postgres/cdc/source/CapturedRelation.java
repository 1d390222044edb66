// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.cdc.row.Change;
import io.velo.flink.postgres.cdc.row.RowWriter;
import io.velo.flink.postgres.cdc.row.TableRows;
import io.velo.flink.postgres.cdc.snapshot.TableChunks;
import io.velo.flink.postgres.codec.ColumnDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.StringData;

/**
 * A captured table under the description that the stream gave last: leaves out of each change what
 * the rows that were read before show already. Used by one thread.
 */
final class CapturedRelation {

    private final StringData schema;
    private final StringData table;
    private final TableRows rows;
    private final int[] watched;
    private final int[] key;
    private final ColumnDecoder[] keyTexts;
    private TableChunks chunks;
    private boolean oneMoment;
    private long hidden;

    /**
     * A table.
     *
     * @param watched columns whose change is a change of the key
     * @param key the columns of the key by which the table was read, in its order
     * @param keyTexts decode their binary form to text
     */
    CapturedRelation(
            StringData schema,
            StringData table,
            TableRows rows,
            int[] watched,
            int[] key,
            ColumnDecoder[] keyTexts,
            TableChunks chunks) {
        this.schema = schema;
        this.table = table;
        this.rows = rows;
        this.watched = watched;
        this.key = key;
        this.keyTexts = keyTexts;
        this.chunks = chunks;
        this.oneMoment = chunks != null && (key.length == 0 || chunks.isOneMoment());
    }

    StringData schema() {
        return schema;
    }

    StringData table() {
        return table;
    }

    /** Writes a TRUNCATE unless every row that was read was read behind it. */
    void truncate(int xid, RowWriter out) {
        if (chunks == null || !chunks.anyShows(xid)) {
            rows.truncate(out);
        } else if (chunks.allShow(xid)) {
            hidden++;
        } else {
            rows.truncateAmidRead(out);
        }
    }

    /** How many changes were left out. */
    long hidden() {
        return hidden;
    }

    /** A transaction with this commit has begun: no part may show it or a later one. */
    void begin(long commitLsn) {
        if (chunks != null && Long.compareUnsigned(commitLsn, chunks.horizon()) > 0) {
            chunks = null;
        }
    }

    /** Writes what is news of a change. */
    void write(Change change, Tuple old, boolean oldIsFull, Tuple row, int xid, RowWriter out) {
        Change kind = change;
        if (kind == Change.UPDATE && old != null && changesKey(old, row)) {
            kind = Change.KEY_UPDATE;
        }
        if (chunks != null) {
            kind = news(kind, old, row, xid);
        }
        if (kind == null) {
            hidden++;
        } else {
            rows.write(kind, old, oldIsFull, row, out);
        }
    }

    private boolean changesKey(Tuple old, Tuple row) {
        for (int column : watched) {
            if (row.kind(column) != Tuple.UNCHANGED && !old.hasSame(column, row)) {
                return true;
            }
        }
        return false;
    }

    private Change news(Change kind, Tuple old, Tuple row, int xid) {
        if (oneMoment) {
            return chunks.shows(xid) ? null : kind;
        }
        if (kind != Change.KEY_UPDATE) {
            Tuple place = kind == Change.DELETE ? old : row;
            return chunks.shows(values(place, old), xid) ? null : kind;
        }
        boolean oldIsShown = chunks.shows(values(old, old), xid);
        boolean newIsShown = chunks.shows(values(row, old), xid);
        if (oldIsShown) {
            return newIsShown ? null : Change.KEY_UPDATE_NEW;
        }
        return newIsShown ? Change.KEY_UPDATE_OLD : Change.KEY_UPDATE;
    }

    private List<String> values(Tuple row, Tuple old) {
        List<String> values = new ArrayList<>(key.length);
        for (int i = 0; i < key.length; i++) {
            Tuple from = row.kind(key[i]) == Tuple.UNCHANGED && old != null ? old : row;
            values.add(text(from, key[i], keyTexts[i]));
        }
        return values;
    }

    private static String text(Tuple row, int column, ColumnDecoder decoder) {
        return row.kind(column) == Tuple.TEXT
                ? row.text(column)
                : decoder.decode(row.bytes(), row.start(column), row.length(column)).toString();
    }
}
