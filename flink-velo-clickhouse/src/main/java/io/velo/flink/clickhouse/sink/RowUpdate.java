// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate.RowLevelUpdateInfo;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate.RowLevelUpdateMode;

/**
 * UPDATE of rows by newer ones. Each is the former row as Flink has read it, with the values that
 * SET gives, so it must be all of the row and must win against it. Stateless, therefore
 * thread-safe.
 */
final class RowUpdate implements RowLevelUpdateInfo {

    private static final String ON_SERVER =
            "run on the server: ALTER TABLE … UPDATE … WHERE … SETTINGS mutations_sync=1.";

    private RowUpdate() {}

    /**
     * What Flink has to do for an UPDATE of these columns: hand over the new rows, and no others.
     *
     * @throws VeloException if a newer row would not take the place of the former, or would lose
     *     values of it
     */
    static RowUpdate of(SinkRequest request, AskedEngine engine, List<Column> updated) {
        SinkPlan plan = request.plan(Changes.UPDATES);
        checkOptions(plan, request.settings().optimize());
        TableMeta meta = engine.meta(plan);
        checkEngine(plan, meta);
        Upserts upserts = engine.upserts(plan);
        checkWins(plan, meta, upserts);
        checkComplete(plan, meta, upserts);
        for (Column column : updated) {
            checkSet(plan, meta, upserts, column.getName());
        }
        return new RowUpdate();
    }

    private static void checkOptions(SinkPlan plan, OptimizePlan optimize) {
        String other = "";
        if (plan.guarantee().exactlyOnce()) {
            other = "'sink.delivery-guarantee'='exactly-once'";
        } else if (plan.autoCreate()) {
            other = "'auto-create'";
        } else if (optimize.isOn()) {
            other = "'optimize'";
        }
        if (!other.isEmpty()) {
            throw refusal(
                    plan,
                    "UPDATE of " + plan.title() + " does not go with " + other + ".",
                    "Remove the option, or set it otherwise for this statement by"
                            + " /*+ OPTIONS(…) */.");
        }
    }

    private static void checkEngine(SinkPlan plan, TableMeta meta) {
        Engine engine = meta.engine();
        if (engine.replaces() && !plan.primaryKey().isEmpty()) {
            return;
        }
        String remedy = "Write its rows to a ReplacingMergeTree, and update them there.";
        if (engine.replaces()) {
            remedy =
                    "Declare PRIMARY KEY ("
                            + String.join(", ", meta.sortingKey())
                            + ") NOT ENFORCED; or "
                            + ON_SERVER;
        } else if (engine.distributed()) {
            remedy = "For its local tables, " + ON_SERVER;
        } else if (engine.name().endsWith("MergeTree") || engine.name().equals("Memory")) {
            remedy = "Instead, " + ON_SERVER;
        }
        throw refusal(
                plan,
                "A newer row takes the place of another in a ReplacingMergeTree with a primary key"
                        + " only, and "
                        + plan.title()
                        + " is none.",
                remedy);
    }

    /** The newer row must meet the former one, and have a version that is not smaller. */
    private static void checkWins(SinkPlan plan, TableMeta meta, Upserts upserts) {
        List<String> columns = meta.columns().stream().map(ColumnMeta::name).toList();
        String version = meta.engine().versionColumn();
        boolean declared = plan.rowType().getFieldNames().contains(version);
        if (!plan.versionColumn().isEmpty() && !version.isEmpty() && !declared) {
            throw refusal(
                    plan,
                    "With 'version-column'='"
                            + plan.versionColumn()
                            + "' nobody knows whether a newer row wins: the versions of the rows"
                            + " of "
                            + plan.title()
                            + " are in column '"
                            + version
                            + "'.",
                    "Remove 'version-column' and declare column '" + version + "'.");
        }
        if (!upserts.updateRefusal().isEmpty()) {
            boolean lacksVersion = !version.isEmpty() && !declared;
            throw refusal(
                    plan,
                    "A newer row does not surely take the place of another in "
                            + plan.title()
                            + ": "
                            + upserts.updateRefusal()
                            + ".",
                    (lacksVersion
                                    ? "Declare column '"
                                            + version
                                            + "', and as PRIMARY KEY all"
                                            + " columns of ORDER BY; or "
                                    : "Declare all columns of ORDER BY as PRIMARY KEY; or ")
                            + ON_SERVER);
        }
        Set<String> partitioning = KeyText.columnsIn(meta.partitionKey(), columns);
        if (!plan.primaryKey().containsAll(partitioning)) {
            throw refusal(
                    plan,
                    "PARTITION BY "
                            + meta.partitionKey()
                            + " of "
                            + plan.title()
                            + " is not made of primary key columns alone: rows of one key may be"
                            + " in several partitions, where a replaced one could be taken for the"
                            + " last.",
                    "Instead, " + ON_SERVER);
        }
    }

    private static void checkComplete(SinkPlan plan, TableMeta meta, Upserts upserts) {
        RewriteCheck rows = new RewriteCheck(plan, meta);
        List<String> unknown = rows.unknown(upserts);
        if (!unknown.isEmpty()) {
            throw refusal(
                    plan,
                    "UPDATE would empty columns of "
                            + plan.title()
                            + " that the Flink table does not have: "
                            + String.join(", ", unknown)
                            + ".",
                    "Declare them; or " + ON_SERVER);
        }
        List<String> lossy = rows.lossy();
        if (!lossy.isEmpty()) {
            throw refusal(
                    plan,
                    "UPDATE would change columns of "
                            + plan.title()
                            + " that it does not set, because Flink does not see all that they"
                            + " hold: "
                            + String.join(", ", lossy)
                            + ".",
                    "Declare them with all their digits, times as TIMESTAMP_LTZ, UInt8 as"
                            + " SMALLINT, where that is possible; or "
                            + ON_SERVER);
        }
    }

    private static void checkSet(SinkPlan plan, TableMeta meta, Upserts upserts, String column) {
        String sentence = "Column '" + column + "' of " + plan.title();
        if (plan.primaryKey().contains(column)) {
            throw refusal(
                    plan,
                    sentence + " says which rows replace one another: the former row would stay.",
                    "Insert the rows with their new keys, then DELETE those with the former.");
        }
        if (column.equals(meta.engine().versionColumn())) {
            throw refusal(
                    plan,
                    sentence + " is the version by which the newer row is found.",
                    "Leave it out of SET.");
        }
        if (column.equals(upserts.deleteMark())) {
            throw refusal(
                    plan,
                    sentence + " marks rows as removed, which Velo does by itself.",
                    "Leave it out of SET; to remove rows use DELETE.");
        }
    }

    @Override
    public RowLevelUpdateMode getRowLevelUpdateMode() {
        return RowLevelUpdateMode.UPDATED_ROWS;
    }

    private static VeloException refusal(SinkPlan plan, String sentence, String remedy) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(plan.target().place())
                .remedy(remedy)
                .toException();
    }
}
