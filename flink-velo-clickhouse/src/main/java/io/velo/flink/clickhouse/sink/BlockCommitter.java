// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Inserts the blocks of a completed checkpoint. It waits for the server within the budget of {@code
 * retry.*}; then the job fails and the blocks, which are part of its state, are inserted when it
 * starts again. For the task's thread only.
 */
final class BlockCommitter implements Committer<StagedBlock> {

    /** A checkpoint that completes later than this many others is no more restored from. */
    private static final int ROUNDS_TO_REMEMBER = 4;

    private record Sent(
            CommitRequest<StagedBlock> request,
            InsertStatement statement,
            CompletableFuture<Long> answer) {}

    private final WritePlan plan;
    private final OpenedTable table;
    private final HttpTransport transport;
    private final DeduplicationWindow window;
    private final InsertedBlocks inserted;
    private final BlockSender sender;
    private final BlockStaging staging;
    private final long run;
    private final int mostInFlight;
    private final CommitCounts counts;
    private final Deque<List<StagedBlock>> done = new ArrayDeque<>();

    /**
     * A committer.
     *
     * @param window the table's, or null if a marker does its work
     * @param run the checkpoint from which the job has started, or -1
     */
    BlockCommitter(
            WritePlan plan,
            OpenedTable table,
            HttpTransport transport,
            DeduplicationWindow window,
            BlockSender sender,
            long run,
            CommitCounts counts) {
        this.plan = plan;
        this.table = table;
        this.transport = transport;
        this.window = window;
        this.inserted = new InsertedBlocks(plan.table());
        this.sender = sender;
        this.staging = new BlockStaging(plan.staging());
        this.run = run;
        this.mostInFlight = mostInFlight(plan, table);
        this.counts = counts;
    }

    @Override
    public void commit(Collection<CommitRequest<StagedBlock>> requests)
            throws IOException, InterruptedException {
        begin(requests).end();
    }

    /** Blocks of one checkpoint, the last of which may be under way. */
    final class Round {

        private final List<StagedBlock> blocks;
        private final Deque<Sent> underWay;

        private Round(List<StagedBlock> blocks, Deque<Sent> underWay) {
            this.blocks = blocks;
            this.underWay = underWay;
        }

        /** Waits until all are in the table. */
        void end() throws IOException, InterruptedException {
            while (!underWay.isEmpty()) {
                await(underWay.remove());
            }
            forgetOld(blocks);
        }
    }

    /** Inserts the blocks until the last ones are under way. */
    Round begin(Collection<CommitRequest<StagedBlock>> requests)
            throws IOException, InterruptedException {
        requests.forEach(request -> checkPlace(request.getCommittable()));
        List<CommitRequest<StagedBlock>> ordered =
                requests.stream()
                        .sorted(
                                Comparator.comparing(
                                        request ->
                                                BlockToken.parse(request.getCommittable().token())))
                        .toList();
        Deque<Sent> underWay = new ArrayDeque<>();
        for (CommitRequest<StagedBlock> request : ordered) {
            if (underWay.size() >= mostInFlight) {
                await(underWay.remove());
            }
            StagedBlock block = request.getCommittable();
            InsertStatement statement =
                    statement(block, Math.min(ordered.size(), mostBetween(plan, table)));
            if (staging.isDone(block) || staging.isGone(block) && isProven(block, statement)) {
                counts.alreadyThere().inc();
                request.signalAlreadyCommitted();
            } else {
                underWay.add(new Sent(request, statement, send(block, statement)));
            }
        }
        return new Round(ordered.stream().map(CommitRequest::getCommittable).toList(), underWay);
    }

    /**
     * A block goes to the table that it was sealed for, and what tells whether it was inserted
     * before is looked for there.
     */
    private void checkPlace(StagedBlock block) {
        if (block.shard().isEmpty() != plan.table().placement().identities().isEmpty()) {
            throw otherPlace(block, "was written with another 'write-mode'");
        }
        if (!block.statement().startsWith(Marker.insertInto(table.meta()))) {
            throw otherPlace(block, "is for another table than " + plan.table().title());
        }
    }

    private VeloException otherPlace(StagedBlock block, String why) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The checkpoint holds block " + block.token() + ", which " + why + ".")
                .at(plan.table().target().place())
                .remedy(
                        "Start the job once as it was and stop it with a savepoint, then change"
                                + " it.")
                .toException();
    }

    /**
     * The most blocks that can be inserted between a look at the window and the insert that follows
     * it, that one included: those under way, and one more for each that ends before it.
     */
    static int mostBetween(WritePlan plan, OpenedTable table) {
        return 2 * mostInFlight(plan, table) - 1;
    }

    private static int mostInFlight(WritePlan plan, OpenedTable table) {
        return table.oneByOne() ? 1 : plan.batching().inFlight();
    }

    private InsertStatement statement(StagedBlock block, int together) {
        boolean restored = block.run() != run;
        return window == null
                ? new MarkedInsert(
                        transport, table.meta(), block, restored, plan.table().placement().pin())
                : new WindowInsert(
                        transport,
                        window,
                        inserted,
                        block,
                        together,
                        restored,
                        plan.staging().resendExpired());
    }

    /** Whether a block without bytes is in the table; it cannot be inserted any more. */
    private boolean isProven(StagedBlock block, InsertStatement statement)
            throws InterruptedException {
        String what = "Looking for block " + block.token() + " in " + plan.table().title();
        if (Patience.ask(transport, what, statement::proven)) {
            return true;
        }
        throw Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The file of block "
                                + block.token()
                                + " is gone, and nothing proves that its "
                                + block.rows()
                                + " rows are in "
                                + plan.table().title()
                                + ".")
                .at(block.file())
                .remedy(
                        "Velo removes the file of a block some checkpoints after it was inserted:"
                                + " start from a newer checkpoint or savepoint. Or look whether the"
                                + " table has the rows: if so, make an empty file of this name with"
                                + " '.done' behind it; else restore the file.")
                .toException();
    }

    private CompletableFuture<Long> send(StagedBlock block, InsertStatement statement)
            throws IOException {
        String packing = plan.table().target().compression().name();
        if (!block.compression().equals(packing)) {
            throw packedOtherwise(block, packing);
        }
        return sender.send(statement, staging.load(block), block.token());
    }

    private VeloException packedOtherwise(StagedBlock block, String packing) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The checkpoint holds blocks that were packed by "
                                + block.compression()
                                + ", but 'compression' is "
                                + packing
                                + " now.")
                .at(plan.table().target().place())
                .remedy("Start the job once with the former 'compression', then change it.")
                .toException();
    }

    private void await(Sent sent) throws IOException, InterruptedException {
        StagedBlock block = sent.request.getCommittable();
        try {
            long written = sent.answer.get();
            if (written == 0) {
                counts.alreadyThere().inc();
            }
            sent.statement.answered(written);
            counts.rows().inc(block.rows());
            counts.blocks().inc();
            staging.done(block);
        } catch (ExecutionException failed) {
            throw sender.explain(failed);
        }
    }

    private void forgetOld(List<StagedBlock> committed) throws IOException {
        done.add(committed);
        if (done.size() > ROUNDS_TO_REMEMBER) {
            for (StagedBlock old : done.remove()) {
                staging.forget(old);
            }
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
