// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardSearch;
import io.velo.flink.clickhouse.shard.ShardSlots;
import io.velo.flink.clickhouse.shard.ShardedTable;
import io.velo.flink.clickhouse.shard.ShardingKey;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.RowData;

/**
 * Gives each row of a Distributed table the shard that the server itself would give it. For the
 * task's thread only.
 */
final class ShardRouter {

    private static final String THROUGH =
            "Set 'write-mode'='server': then the server evaluates the key.";

    private final ShardingKey key;
    private final ShardSlots slots;
    private long next;

    private ShardRouter(ShardingKey key, ShardSlots slots) {
        this.key = key;
        this.slots = slots;
    }

    /** The shards of the plan's table, in the thread of a task that starts. */
    static ShardedTable findInTask(SinkPlan plan, HttpTransport transport) throws IOException {
        return Patience.inTask(
                transport,
                "Looking for the shards of " + plan.title(),
                () -> find(plan, transport));
    }

    /** The shards of the plan's table. */
    static ShardedTable find(SinkPlan plan, HttpTransport transport) throws IOException {
        return new ShardSearch(transport).find(plan.target().database(), plan.table());
    }

    /**
     * A router for rows of this plan.
     *
     * @throws VeloException if Velo cannot evaluate the sharding key, or rows of one key could go
     *     to two shards
     */
    static ShardRouter of(SinkPlan plan, ShardedTable table, HttpTransport transport) {
        ShardSlots slots = table.slots();
        if (slots.count() == 0) {
            throw refusal(plan, "All shards of " + plan.title() + " have the weight 0.");
        }
        if (table.shards().size() == 1) {
            return new ShardRouter(null, slots);
        }
        if (table.key().isEmpty()) {
            throw refusal(
                    plan,
                    plan.title() + " has several shards and no sharding key, so it takes no rows.");
        }
        ShardingKey key =
                ShardingKey.of(table.key(), table.keyType(), plan.rowType(), table.table())
                        .orElseThrow(() -> unknown(plan, table));
        Local local = new Local(plan, table);
        local.checkColumns(key);
        local.checkKey(key);
        return new ShardRouter(key, slots);
    }

    /**
     * The position of the row's shard. A row whose key is refused by every shard, such as one with
     * NULL, goes to any of them.
     */
    int shard(RowData row) {
        if (key == null) {
            return slots.shard(0);
        }
        return slots.shard(key.random() ? next++ & Long.MAX_VALUE : key.of(row));
    }

    /** The tables on the shards, which the server does not compare with the Distributed one. */
    private record Local(SinkPlan plan, ShardedTable table) {

        /** The shard's column must hold what the Distributed table's does, not what it casts to. */
        void checkColumns(ShardingKey key) {
            for (ShardPlace place : table.shards()) {
                TableMeta own = meta(place);
                for (String name : key.columns()) {
                    String type = type(table.table(), name);
                    if (!type.equals(type(own, name))) {
                        throw refusal(
                                plan,
                                "Column '"
                                        + name
                                        + "' of the sharding key is "
                                        + type
                                        + " in "
                                        + plan.title()
                                        + " but "
                                        + type(own, name)
                                        + " on shard "
                                        + place.number()
                                        + ".");
                    }
                }
            }
            for (String name : key.columns()) {
                int index = plan.rowType().getFieldIndex(name);
                if (plan.nullsAsDefault() && plan.rowType().getTypeAt(index).isNullable()) {
                    throw refusal(
                            plan,
                            "With 'null-mode'='default' column '"
                                    + name
                                    + "' of the sharding key must be NOT NULL in Flink.");
                }
            }
        }

        /** Rows of one key must meet on one shard, or none replaces the other. */
        void checkKey(ShardingKey key) {
            TableMeta own = meta(table.shards().get(0));
            boolean merges = own.engine().keyIsUnique();
            if (plan.primaryKey().isEmpty() && !merges) {
                return;
            }
            List<String> names = own.columns().stream().map(column -> column.name()).toList();
            Set<String> columns =
                    plan.primaryKey().isEmpty()
                            ? KeyText.columnsIn(String.join(", ", own.sortingKey()), names)
                            : new HashSet<>(plan.primaryKey());
            if (key.random() || !columns.containsAll(key.columns())) {
                throw refusal(
                        plan,
                        "Rows of one key could go to several shards of "
                                + plan.title()
                                + ": its sharding key "
                                + table.key()
                                + " is not made of columns of the key ("
                                + String.join(", ", columns)
                                + ").");
            }
        }

        private TableMeta meta(ShardPlace place) {
            return new TableMetaReader(new HttpTransport(place.in(plan.target())))
                    .read(place.database(), place.table());
        }

        private static String type(TableMeta meta, String column) {
            return meta.column(column).map(found -> found.type().text()).orElse("missing");
        }
    }

    private static VeloException unknown(SinkPlan plan, ShardedTable table) {
        return refusal(
                plan,
                "Velo cannot tell the shard of a row of "
                        + plan.title()
                        + " by its sharding key "
                        + table.key()
                        + ". It knows "
                        + ShardingKey.SUPPORTED
                        + ", all over columns that the Flink table has and that are not"
                        + " Nullable.");
    }

    private static VeloException refusal(SinkPlan plan, String sentence) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(plan.target().place())
                .remedy(THROUGH)
                .toException();
    }
}
