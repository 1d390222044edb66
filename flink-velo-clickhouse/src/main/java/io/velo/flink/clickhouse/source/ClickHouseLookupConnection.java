// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupAnswers;
import io.velo.flink.common.lookup.LookupConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.utils.ProjectedRowData;

/** Looks keys up over HTTP, all of them in one query. One thread asks, another one may abort. */
final class ClickHouseLookupConnection implements LookupConnection<KeyValues> {

    private final HttpTransport transport;
    private final LookupQuery query;
    private final Map<String, String> settings;
    private final RowData.FieldGetter[] getters;
    private final ProjectedRowData keyOf;
    private volatile Thread asking;
    private volatile Answer open;

    ClickHouseLookupConnection(
            HttpTransport transport, LookupQuery query, Map<String, String> settings) {
        this.transport = transport;
        this.query = query;
        this.settings = settings;
        int fields = query.rowType().getFieldCount();
        getters = new RowData.FieldGetter[fields];
        for (int i = 0; i < fields; i++) {
            getters[i] = RowData.createFieldGetter(query.rowType().getTypeAt(i), i);
        }
        keyOf =
                ProjectedRowData.from(
                        IntStream.range(0, query.keys().size())
                                .map(query.keys()::position)
                                .toArray());
    }

    @Override
    public void lookUp(List<KeyValues> keys, LookupAnswers answers) throws IOException {
        Optional<String> sql = query.text(keys);
        if (sql.isEmpty()) {
            return;
        }
        asking = Thread.currentThread();
        try (Answer answer = transport.query(sql.get(), settings)) {
            open = answer;
            try {
                collect(answer, keys, answers);
            } catch (VeloException | IOException broken) {
                throw answer.explain(broken);
            }
        } finally {
            open = null;
            asking = null;
        }
    }

    private void collect(Answer answer, List<KeyValues> keys, LookupAnswers answers)
            throws IOException {
        Map<KeyValues, List<RowData>> found = new HashMap<>();
        NativeBlockReader reader = query.reader(answer);
        VectorizedColumnBatch batch;
        while ((batch = reader.next()) != null) {
            ColumnarRowData view = new ColumnarRowData(batch);
            for (int row = 0; row < batch.getNumRows(); row++) {
                view.setRowId(row);
                KeyValues key = query.keys().read(keyOf.replaceRow(view));
                found.computeIfAbsent(key, none -> new ArrayList<>(1)).add(copy(view));
            }
        }
        answer.finish();
        for (int i = 0; i < keys.size(); i++) {
            List<RowData> rows = found.get(keys.get(i));
            if (rows != null) {
                answers.rows(i, rows);
            }
        }
    }

    /**
     * A row of its own: a view would keep the whole answer in memory as long as a cache holds it.
     */
    private RowData copy(RowData view) {
        GenericRowData row = new GenericRowData(getters.length);
        for (int i = 0; i < getters.length; i++) {
            row.setField(i, OwnValue.of(getters[i].getFieldOrNull(view)));
        }
        return row;
    }

    @Override
    public void check() throws IOException {
        transport.rowsWithoutDatabase("SELECT 1");
    }

    @Override
    public void abort() {
        Answer answer = open;
        if (answer != null) {
            answer.close();
        }
        Thread thread = asking;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        Answer answer = open;
        if (answer != null) {
            answer.close();
        }
    }
}
