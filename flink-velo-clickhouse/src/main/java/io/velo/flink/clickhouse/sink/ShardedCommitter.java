// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardedTable;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Inserts the blocks of a completed checkpoint into the shards that they were sealed for, wherever
 * these are now and whichever rows they would take today. For the task's thread only.
 */
final class ShardedCommitter implements Committer<StagedBlock> {

    /** Opens the committer of one shard. */
    @FunctionalInterface
    interface Opening {
        /** The committer of this plan. */
        BlockCommitter open(WritePlan shard) throws IOException;
    }

    private final WritePlan plan;
    private final ShardedTable table;
    private final Opening opening;
    private final Map<String, BlockCommitter> shards = new LinkedHashMap<>();

    ShardedCommitter(WritePlan plan, ShardedTable table, Opening opening) {
        this.plan = plan;
        this.table = table;
        this.opening = opening;
    }

    /** A committer for the table of this plan as it is now. */
    static ShardedCommitter open(WritePlan plan, Opening opening) throws IOException {
        HttpTransport transport = new HttpTransport(plan.table().target());
        return new ShardedCommitter(plan, ShardRouter.findInTask(plan.table(), transport), opening);
    }

    @Override
    public void commit(Collection<CommitRequest<StagedBlock>> requests)
            throws IOException, InterruptedException {
        Map<String, List<CommitRequest<StagedBlock>>> parts = new LinkedHashMap<>();
        for (CommitRequest<StagedBlock> request : requests) {
            parts.computeIfAbsent(request.getCommittable().shard(), shard -> new ArrayList<>())
                    .add(request);
        }
        // All or none: a block that has no place any more is found before the first insert.
        for (Map.Entry<String, List<CommitRequest<StagedBlock>>> part : parts.entrySet()) {
            committer(part.getKey(), part.getValue().get(0).getCommittable());
        }
        List<BlockCommitter.Round> rounds = new ArrayList<>();
        for (Map.Entry<String, List<CommitRequest<StagedBlock>>> part : parts.entrySet()) {
            rounds.add(shards.get(part.getKey()).begin(part.getValue()));
        }
        for (BlockCommitter.Round round : rounds) {
            round.end();
        }
    }

    private BlockCommitter committer(String shard, StagedBlock block) throws IOException {
        BlockCommitter open = shards.get(shard);
        if (open == null) {
            open = opening.open(plan.at(place(shard, block), table.shards().size()));
            shards.put(shard, open);
        }
        return open;
    }

    private ShardPlace place(String shard, StagedBlock block) {
        return table.shards().stream()
                .map(place -> place.only(shard))
                .filter(place -> !place.servers().isEmpty())
                .findFirst()
                .orElseThrow(() -> gone(block));
    }

    private VeloException gone(StagedBlock block) {
        String sentence =
                block.shard().isEmpty()
                        ? "The checkpoint holds block "
                                + block.token()
                                + ", which was written with another 'write-mode'."
                        : "The checkpoint holds block "
                                + block.token()
                                + " of "
                                + block.rows()
                                + " rows for a shard that cluster '"
                                + table.cluster()
                                + "' does not have any more, or whose table is another one now"
                                + " (server/table: "
                                + block.shard()
                                + ").";
        return Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                .at(plan.table().target().place())
                .remedy(
                        "Start the job once as it was and stop it with a savepoint, then change it;"
                                + " or bring the shard back.")
                .toException();
    }

    @Override
    public void close() {
        shards.values().forEach(BlockCommitter::close);
    }
}
