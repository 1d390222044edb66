// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Sends all rows of a partition to one writer, so that its blocks have few partitions and the table
 * gets few and large parts. What it does not see of a partition key costs parts and no rows.
 * Immutable.
 */
final class PartitionShuffle implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Leaves rows where they are. */
    static final PartitionShuffle NONE = new PartitionShuffle(List.of());

    private final ArrayList<PartitionPart> parts;

    private PartitionShuffle(List<PartitionPart> parts) {
        this.parts = new ArrayList<>(parts);
    }

    /**
     * The shuffle for a table.
     *
     * @throws VeloException {@code VELO-CAP-002} if the partitions of rows cannot be told, or
     *     changes of one row could go to two writers
     */
    static PartitionShuffle of(SinkPlan plan, TableMeta meta) {
        List<String> texts = KeyText.parts(meta.partitionKey());
        if (texts.isEmpty()) {
            throw refusal(plan, "table " + meta.title() + " has no PARTITION BY");
        }
        List<PartitionPart> parts = new ArrayList<>();
        for (String text : texts) {
            PartitionPart part =
                    PartitionPart.of(text, plan.rowType())
                            .orElseThrow(
                                    () ->
                                            refusal(
                                                    plan,
                                                    "Velo cannot compute '"
                                                            + text
                                                            + "' of its PARTITION BY"));
            if (!plan.primaryKey().isEmpty() && !plan.primaryKey().contains(part.column())) {
                throw refusal(
                        plan,
                        "'"
                                + part.column()
                                + "' of its PARTITION BY is not in the primary key, so changes of"
                                + " one row could arrive in another order");
            }
            parts.add(part);
        }
        return new PartitionShuffle(parts);
    }

    private static VeloException refusal(SinkPlan plan, String reason) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Rows of "
                                + plan.title()
                                + " cannot be shuffled by partition: "
                                + reason
                                + ".")
                .at(plan.target().place())
                .remedy(
                        "Remove 'shuffle', or partition by columns, toYYYYMM(column) and its like,"
                                + " intDiv(column, n) or column % n.")
                .toException();
    }

    /** The rows, each at the writer of its partition. */
    DataStream<RowData> of(DataStream<RowData> rows) {
        return parts.isEmpty() ? rows : rows.partitionCustom(Math::floorMod, this::partition);
    }

    /** A number of the row's partition, well mixed: few partitions shall not meet at one writer. */
    private Integer partition(RowData row) {
        long hash = 0;
        for (PartitionPart part : parts) {
            hash = (hash ^ part.of(row)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
