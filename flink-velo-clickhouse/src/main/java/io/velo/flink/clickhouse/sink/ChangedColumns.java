// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the server rejects a block because somebody changed the table, and not because of
 * its rows: none of them could be written then, and all would be taken for bad ones.
 */
final class ChangedColumns {

    private final HttpTransport transport;
    private final TableMeta opened;
    private final List<String> written;

    ChangedColumns(HttpTransport transport, OpenedTable table) {
        this.transport = transport;
        this.opened = table.meta();
        this.written = List.copyOf(table.columns().heads().keySet());
    }

    /**
     * Asks the server what the table's columns are now.
     *
     * @param rejected why the block was rejected
     * @throws VeloException {@code VELO-SCH-002} if a column of the block has changed since the
     *     table was opened, which a writer that is opened anew adapts to or refuses
     */
    void check(Throwable rejected) throws InterruptedException {
        TableMeta now =
                Patience.ask(
                        transport,
                        "Reading the columns of " + opened.title(),
                        () ->
                                new TableMetaReader(transport)
                                        .read(opened.database(), opened.table()));
        List<String> changes = new ArrayList<>();
        for (String name : written) {
            String before = described(opened.column(name));
            String after = described(now.column(name));
            if (!after.equals(before)) {
                changes.add("'" + name + "' was " + before + " and is " + after);
            }
        }
        if (!changes.isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "Table "
                                    + opened.title()
                                    + " was changed while the job writes to it, and the server"
                                    + " rejects its blocks: column "
                                    + String.join(", ", changes)
                                    + ".")
                    .at(transport.target().place())
                    .remedy("Start the job again: it reads the table's columns anew.")
                    .toException(rejected);
        }
    }

    private static String described(Optional<ColumnMeta> column) {
        return column.map(one -> (one.type().text() + " " + one.defaultKind()).trim())
                .orElse("missing");
    }
}
