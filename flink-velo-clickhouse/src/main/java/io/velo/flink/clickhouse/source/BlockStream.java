// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.clickhouse.http.FormatRefusal;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.VarCharType;

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
    private final RowType rowType;
    private final int keys;
    private final KnownRows known;

    private BlockStream(
            Answer answer, NativeBlockReader reader, RowType rowType, ClickHouseSplit split) {
        this.answer = answer;
        this.reader = reader;
        this.rowType = rowType;
        this.keys = split.keys().size();
        this.known = split.point().map(KnownRows::new).orElse(null);
    }

    /** Starts the query of a split. */
    static BlockStream open(HttpTransport transport, ScanPlan plan, ClickHouseSplit split)
            throws InterruptedException {
        try {
            return Patience.ask(
                    transport, "Reading " + plan.title(), () -> started(transport, plan, split));
        } catch (VeloException failure) {
            throw MovedServer.explained(failure, plan, split, transport);
        }
    }

    private static BlockStream started(
            HttpTransport transport, ScanPlan plan, ClickHouseSplit split) throws IOException {
        Map<String, String> wanted = settings(plan);
        ServerMeta server = ServerMeta.read(transport, wanted.keySet());
        Map<String, String> settings = server.accepted(wanted);
        WireFormat format = plan.target().format();
        FormatRefusal.check(format, wanted, settings.keySet(), plan.target().place());
        settings.put("query_id", "velo-" + UUID.randomUUID());
        Answer answer = transport.query(split.query() + " FORMAT " + format.answerName(), settings);
        ZoneId zone =
                plan.reading().timezone().isEmpty()
                        ? server.zone()
                        : ZoneId.of(plan.reading().timezone());
        NativeBlockReader reader =
                new NativeBlockReader(answer.blocks(format), columns(plan, split), zone);
        return new BlockStream(answer, reader, plan.rowType(), split);
    }

    private static Map<String, String> settings(ScanPlan plan) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(plan.target().format().answerSettings());
        if (plan.reading().resumable()) {
            settings.put("optimize_read_in_order", "1");
        }
        if (plan.reading().sequential()) {
            settings.put("select_sequential_consistency", "1");
        }
        if (plan.object().isQuery()) {
            // 2 and not 1: the settings that stand beside it are changes too.
            settings.put("readonly", "2");
        }
        return settings;
    }

    /**
     * The next block, or null after the last one.
     *
     * @throws VeloException if the answer is broken or holds the server's error
     */
    Block next() {
        try {
            VectorizedColumnBatch batch = reader.next();
            if (batch == null) {
                answer.finish();
                return null;
            }
            Block block = new Block(batch, rowType, keys);
            if (known != null) {
                known.markIn(block);
            }
            return block;
        } catch (VeloException | IOException broken) {
            throw answer.explain(broken);
        }
    }

    /** What the answer consists of: the columns, or one number if there are none, and the keys. */
    private static List<RowType.RowField> columns(ScanPlan plan, ClickHouseSplit split) {
        List<RowType.RowField> columns = new ArrayList<>(plan.rowType().getFields());
        for (ResumeKey key : split.keys()) {
            columns.add(new RowType.RowField(key.column(), VarCharType.STRING_TYPE));
        }
        return columns.isEmpty() ? ONE : columns;
    }

    @Override
    public void close() {
        answer.close();
    }
}
