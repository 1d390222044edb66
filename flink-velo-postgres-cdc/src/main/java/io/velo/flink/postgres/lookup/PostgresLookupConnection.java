// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupAnswers;
import io.velo.flink.common.lookup.LookupConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Asks for all keys by one prepared statement. Used by one thread, except {@link #abort}. */
final class PostgresLookupConnection implements LookupConnection<KeyValues> {

    private final LookupPlan plan;
    private final LookupStatement statement;

    PostgresLookupConnection(LookupPlan plan, LookupStatement statement) {
        this.plan = plan;
        this.statement = statement;
    }

    @Override
    public void lookUp(List<KeyValues> keys, LookupAnswers answers) throws SQLException {
        List<List<String>> asked = new ArrayList<>(keys.size());
        int[] positions = new int[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            List<String> texts = plan.encode(row(keys.get(i)));
            if (texts != null) {
                positions[asked.size()] = i;
                asked.add(texts);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        List<Collection<RowData>> rows = statement.query(asked);
        for (int i = 0; i < rows.size(); i++) {
            answers.rows(positions[i], rows.get(i));
        }
    }

    private RowData row(KeyValues key) {
        GenericRowData row = new GenericRowData(plan.keySize());
        for (int i = 0; i < plan.keySize(); i++) {
            row.setField(i, key.get(i));
        }
        return row;
    }

    @Override
    public void check() throws SQLException {
        statement.check();
    }

    @Override
    public void abort() {
        statement.abort();
    }

    @Override
    public void close() {
        statement.close();
    }
}
