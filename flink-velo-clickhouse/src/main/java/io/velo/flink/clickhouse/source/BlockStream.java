// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;

/**
 * The blocks that answer one query. The end is reported only after the server's own end was seen
 * and held no error. One thread reads, another one may close.
 */
final class BlockStream implements AutoCloseable {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "max_block_size", "65536",
                    "http_write_exception_in_output_format", "0",
                    // A scan that is not read to its end must not go on at the server.
                    "cancel_http_readonly_queries_on_client_close", "1");

    private static final List<RowType.RowField> ONE =
            List.of(new RowType.RowField("one", new SmallIntType(false)));

    private final Answer answer;
    private final NativeBlockReader reader;
    private final boolean countsOnly;

    private BlockStream(Answer answer, NativeBlockReader reader, boolean countsOnly) {
        this.answer = answer;
        this.reader = reader;
        this.countsOnly = countsOnly;
    }

    /** Starts the query of a split. */
    static BlockStream open(HttpTransport transport, ScanPlan plan, String query)
            throws InterruptedException {
        return Patience.ask(
                transport,
                "Reading " + plan.title(),
                () -> {
                    ServerMeta server = ServerMeta.read(transport, SETTINGS.keySet());
                    Map<String, String> settings = server.accepted(SETTINGS);
                    settings.put("query_id", "velo-" + UUID.randomUUID());
                    Answer answer = transport.query(query + " FORMAT Native", settings);
                    boolean countsOnly = plan.rowType().getFieldCount() == 0;
                    ZoneId zone =
                            plan.timezone().isEmpty() ? server.zone() : ZoneId.of(plan.timezone());
                    List<RowType.RowField> columns = countsOnly ? ONE : plan.rowType().getFields();
                    return new BlockStream(
                            answer,
                            new NativeBlockReader(answer.stream(), columns, zone),
                            countsOnly);
                });
    }

    /**
     * The next block, or null after the last one.
     *
     * @throws VeloException if the answer is broken or holds the server's error
     */
    VectorizedColumnBatch next() {
        try {
            VectorizedColumnBatch block = reader.next();
            if (block == null) {
                answer.finish();
                return null;
            }
            return countsOnly ? withoutColumns(block) : block;
        } catch (VeloException | IOException broken) {
            throw answer.explain(broken);
        }
    }

    private static VectorizedColumnBatch withoutColumns(VectorizedColumnBatch block) {
        VectorizedColumnBatch empty = new VectorizedColumnBatch(new ColumnVector[0]);
        empty.setNumRows(block.getNumRows());
        return empty;
    }

    @Override
    public void close() {
        answer.close();
    }
}
