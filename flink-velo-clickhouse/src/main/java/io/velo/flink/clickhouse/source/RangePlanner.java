// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the next range of an incremental scan. A range ends with a value that a row really has, and
 * takes all rows with that value: so the next one begins behind it, and rows that come late but
 * behind it are still found. Ranges of more than {@code split-rows} rows are cut. Used by one
 * thread at a time.
 */
final class RangePlanner {

    private final ScanPlan plan;
    private final Following following;
    private HttpTransport transport;
    private TableMeta meta;
    private CursorColumn cursor;
    private Map<String, String> settings;

    RangePlanner(ScanPlan plan, Following following) {
        this.plan = plan;
        this.following = following;
    }

    /**
     * The rows behind a value, or nothing if none are there that are old enough.
     *
     * @param known what the value is of, see {@link NewRows#cursor}; empty at the start
     * @param last the value as hexadecimal text, or empty for the start of the table
     * @param number tells this range from the others
     * @throws io.velo.flink.common.error.VeloException if the table is missing, does not fit, or is
     *     not what the value is of
     */
    Optional<NewRows> behind(String known, String last, long number) throws InterruptedException {
        if (transport == null) {
            transport = new HttpTransport(plan.target());
        }
        return Patience.ask(
                transport,
                "Asking for new rows of " + plan.title(),
                () -> {
                    look();
                    check(known);
                    return range(last, number);
                });
    }

    private void look() throws IOException {
        if (meta == null) {
            TableMeta found = PlannedTable.read(transport, plan.object());
            cursor = CursorColumn.of(plan, following, found);
            Map<String, String> wanted =
                    plan.reading().sequential() ? SplitPlanner.SEQUENTIAL : Map.of();
            settings = new HashMap<>(plan.target().settings());
            settings.putAll(ServerMeta.read(transport, wanted.keySet()).accepted(wanted));
            meta = found;
        }
    }

    private void check(String known) {
        if (!known.isEmpty() && !known.equals(followed())) {
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "The state is of a scan that followed "
                                    + known
                                    + ", and this one follows "
                                    + followed()
                                    + ".")
                    .at(plan.target().place())
                    .remedy(
                            "Restore the job with what it followed, or start it without the state:"
                                    + " it then reads the table from its start.")
                    .toException();
        }
    }

    private String followed() {
        return plan.title() + ", column " + cursor.key().column() + " of type " + cursor.type();
    }

    private Optional<NewRows> range(String last, long number) throws IOException {
        List<String> conditions = new ArrayList<>();
        if (!last.isEmpty()) {
            conditions.add(cursor.key().column() + " > " + cursor.key().literal(last));
        }
        List<String> settled = new ArrayList<>(conditions);
        if (!cursor.settled().isEmpty()) {
            settled.add(cursor.settled());
        }
        Optional<String> end = value(settled, " DESC LIMIT 1");
        if (end.isEmpty()) {
            return Optional.empty();
        }
        List<String> whole = new ArrayList<>(conditions);
        whole.add(cursor.key().column() + " <= " + cursor.key().literal(end.get()));
        long most = plan.reading().splitSize().rows();
        Optional<String> cut = value(whole, " LIMIT 1 OFFSET " + (most - 1));
        String upper = cut.orElse(end.get());
        conditions.add(cursor.key().column() + " <= " + cursor.key().literal(upper));
        ClickHouseSplit split = new SplitPlanner(plan).whole(meta, cursor.order(meta));
        for (String condition : conditions) {
            split = split.part(plan.title() + "#" + number, condition);
        }
        return Optional.of(new NewRows(split, followed(), upper, !upper.equals(end.get())));
    }

    /** The first value of the cursor column in an order, among the rows that meet conditions. */
    private Optional<String> value(List<String> conditions, String end) throws IOException {
        ResumeKey key = cursor.key();
        String query =
                new SplitQuery(
                                        "SELECT " + key.hex() + " FROM " + plan.object().from(),
                                        conditions,
                                        "")
                                .text()
                        + " ORDER BY "
                        + key.column()
                        + end
                        + " FORMAT TabSeparated";
        return transport.rows(query, settings).stream().findFirst().map(row -> row.get(0));
    }
}
