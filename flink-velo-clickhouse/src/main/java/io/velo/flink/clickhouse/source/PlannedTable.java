// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the planner may know about the real table. The server is asked once, when something is to be
 * pushed down, and within the deadline of planning. If it cannot be asked, nothing is pushed down:
 * the scan itself reports what is wrong. Used by the planner's thread.
 */
final class PlannedTable {

    private static final Logger LOG = LoggerFactory.getLogger(PlannedTable.class);

    private final ClickHouseTarget target;
    private final ScanObject object;
    private final String timezone;
    private boolean asked;
    private HttpTransport transport;
    private TableMeta meta;
    private ZoneId zone;

    PlannedTable(ClickHouseTarget target, ScanObject object, String timezone) {
        Duration most = TableRequest.DISCOVERY_DEADLINE;
        this.target =
                target.socketTimeout().compareTo(most) > 0
                        ? target.withSocketTimeout(most)
                        : target;
        this.object = object;
        this.timezone = timezone;
    }

    /** The table, or nothing if the server cannot be asked. */
    Optional<TableMeta> meta() {
        if (!asked) {
            asked = true;
            try {
                transport = new HttpTransport(target);
                zone =
                        timezone.isEmpty()
                                ? ServerMeta.read(transport, Set.of()).zone()
                                : ZoneId.of(timezone);
                meta = read(transport, object);
            } catch (VeloException | IOException failure) {
                LOG.info(
                        "Nothing is pushed down into the scan of {}: {}",
                        object.title(),
                        failure.getMessage());
            }
        }
        return Optional.ofNullable(meta);
    }

    /** The zone of TIMESTAMP values of columns that name none. */
    ZoneId zone() {
        return zone;
    }

    static TableMeta read(HttpTransport transport, ScanObject object) throws IOException {
        TableMetaReader reader = new TableMetaReader(transport);
        return object.isQuery()
                ? reader.describe(object.database(), object.query())
                : ShardEngine.known(reader.read(object.database(), object.table()), transport);
    }

    /** About how many rows the conditions leave, or nothing if the server does not say. */
    Optional<Long> rows(List<String> filters) {
        if (meta().isEmpty() || object.isQuery()) {
            return Optional.empty();
        }
        String estimate =
                "SELECT sum(rows) FROM (EXPLAIN ESTIMATE SELECT * FROM "
                        + object.from()
                        + (filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters))
                        + ") FORMAT TabSeparated";
        try {
            List<List<String>> answer = transport.rows(estimate);
            return meta.engine().name().endsWith("MergeTree")
                    ? Optional.of(Long.parseLong(answer.get(0).get(0)))
                    : Optional.empty();
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }
}
