// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.Optional;

/**
 * Inserts a block whose rows name it in a column. Before an insert that may be a second one the
 * rows with that name are counted: all of them mean that the block is there, none that it is not.
 * Some mean that the server ended between two partitions, each of which is stored as a whole; then
 * the rows of the other partitions are inserted.
 */
final class MarkedInsert implements InsertStatement {

    private static final String FORMAT = " FORMAT ";

    private final HttpTransport transport;
    private final TableMeta meta;
    private final StagedBlock block;
    private final boolean restored;
    private final String pinned;

    /**
     * The insert of a block.
     *
     * @param restored whether an earlier run of the job may have inserted it
     * @param pin a condition that fails every question that reaches another table; may be empty
     */
    MarkedInsert(
            HttpTransport transport,
            TableMeta meta,
            StagedBlock block,
            boolean restored,
            String pin) {
        this.transport = transport;
        this.meta = meta;
        this.block = block;
        this.restored = restored;
        this.pinned = pin.isEmpty() ? "" : " AND " + pin;
    }

    @Override
    public Optional<String> of(int attempt) throws IOException {
        if (attempt == 1 && !restored) {
            return Optional.of(block.statement());
        }
        requireNoneUnderWay();
        long found = found();
        if (found == block.rows()) {
            return Optional.empty();
        }
        if (found == 0) {
            return Optional.of(block.statement());
        }
        if (found > block.rows() || meta.partitionKey().isEmpty()) {
            throw torn(found);
        }
        String key = "tuple(" + meta.partitionKey() + ")";
        String all = block.statement();
        int format = all.lastIndexOf(FORMAT);
        return Optional.of(
                all.substring(0, format)
                        + (block.shard().isEmpty() ? " WHERE " : " AND ")
                        + key
                        + " NOT IN (SELECT DISTINCT "
                        + key
                        + named()
                        + ")"
                        + all.substring(format));
    }

    @Override
    public boolean proven() throws IOException {
        requireNoneUnderWay();
        return found() == block.rows();
    }

    private long found() throws IOException {
        return number("SELECT count()" + named() + " SETTINGS select_sequential_consistency = 1");
    }

    private String named() {
        return " FROM "
                + Sql.table(meta.database(), meta.table())
                + " WHERE "
                + Sql.name(Marker.COLUMN)
                + " = "
                + Sql.text(block.token())
                + pinned;
    }

    /** An insert whose client is gone may still run, and its rows would come on top. */
    private void requireNoneUnderWay() throws IOException {
        long running =
                number(
                        "SELECT count() FROM system.processes WHERE startsWith(query_id, "
                                + Sql.text(block.token())
                                + ")"
                                + pinned);
        if (running > 0) {
            throw new IOException("An earlier insert of block " + block.token() + " still runs.");
        }
    }

    private long number(String query) throws IOException {
        return Long.parseLong(transport.rows(query).get(0).get(0));
    }

    private RuntimeException torn(long found) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "Table "
                                + meta.title()
                                + " holds "
                                + found
                                + " of the "
                                + block.rows()
                                + " rows of block "
                                + block.token()
                                + ".")
                .at(transport.target().place())
                .remedy(
                        "Did somebody delete or copy rows? Delete the rows with this "
                                + Marker.COLUMN
                                + " and start the job again from its checkpoint.")
                .toException();
    }
}
