// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.meta.TableStatistics;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.plan.stats.ColumnStats;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the planner is told about the number of rows and values. Stateless. */
final class StatisticsReport {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsReport.class);

    private StatisticsReport() {}

    /**
     * What the server estimates, or nothing if it cannot be asked.
     *
     * @param filter the condition that is handed over, or empty
     */
    static TableStats of(PostgresTable table, RowType rowType, String filter) {
        try (PostgresSession session =
                PostgresSession.tryOpen(table.settings(), SessionPurpose.DISCOVERY)) {
            TableStatistics statistics =
                    TableStatistics.of(session, table.requireRelation(), filter);
            Map<String, ColumnStats> columns = new HashMap<>();
            for (String name : rowType.getFieldNames()) {
                TableStatistics.Column column = statistics.columns().get(name);
                if (column != null) {
                    columns.put(name, stats(column, statistics.rows()));
                }
            }
            return new TableStats(statistics.rows(), columns);
        } catch (SQLException | VeloException e) {
            LOG.info(
                    "No statistics of {} at {}: the server cannot be asked now.",
                    table.requireRelation(),
                    table.settings());
            return TableStats.UNKNOWN;
        }
    }

    private static ColumnStats stats(TableStatistics.Column column, long rows) {
        return ColumnStats.Builder.builder()
                .setNdv(Math.min(column.distinct(), Math.max(1, rows)))
                .setNullCount(Math.round(column.nullFraction() * rows))
                .setAvgLen((double) column.averageBytes())
                .build();
    }
}
