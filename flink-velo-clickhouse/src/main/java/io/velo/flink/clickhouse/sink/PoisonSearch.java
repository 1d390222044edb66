// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the rows for which the server rejects a block: halves what is rejected until single rows
 * are left, and writes the rest, in the order of the rows. If the server names a row, the cut goes
 * around it. For the task's thread only.
 */
final class PoisonSearch {

    /** How the search reaches the server and tells what it finds. */
    interface Task {
        /**
         * Sends a block and waits for the answer; null if it was written.
         *
         * @throws InterruptedException if the task is cancelled
         */
        Throwable send(SealedBlock block, String token) throws InterruptedException;

        /** Takes a row that the server rejects. */
        void poison(RowBlock block, int row, Throwable failure)
                throws IOException, InterruptedException;
    }

    private record Range(int from, int to, Throwable failure) {
        int size() {
            return to - from;
        }
    }

    /** Cutting around one row of a larger block would encode too many others again. */
    private static final int LARGEST_NAMED = 4_096;

    private static final Pattern ROW = Pattern.compile("(?:at|in) row (\\d{1,9})\\b");

    private final RowsOfBlock rows;
    private final Task task;

    PoisonSearch(RowsOfBlock rows, Task task) {
        this.rows = rows;
        this.task = task;
    }

    /**
     * Writes all rows of the block but those that the server rejects.
     *
     * @throws RuntimeException if the server fails for another reason meanwhile
     */
    void search(RejectedBlock rejected) throws IOException, InterruptedException {
        RowBlock block = rejected.block();
        Deque<Range> open = new ArrayDeque<>();
        open.push(new Range(0, block.rows().size(), rejected.failure()));
        while (!open.isEmpty()) {
            Range range = open.pop();
            if (range.failure == null) {
                String token = rejected.token() + "/" + range.from + "-" + range.to;
                Throwable failure = task.send(rows.of(block, range.from, range.to), token);
                if (failure != null) {
                    open.push(new Range(range.from, range.to, failure));
                }
            } else if (range.size() == 1) {
                task.poison(block, range.from, range.failure);
            } else {
                cut(range, open);
            }
        }
    }

    private static void cut(Range range, Deque<Range> open) {
        int named = range.from + namedRow(range.failure) - 1;
        boolean known = range.size() <= LARGEST_NAMED && named >= range.from && named < range.to;
        int middle = known ? named : range.from + range.size() / 2;
        int end = known ? named + 1 : range.to;
        // The stack gives the first rows first.
        push(end, range.to, open);
        push(middle, end, open);
        push(range.from, middle, open);
    }

    private static void push(int from, int to, Deque<Range> open) {
        if (from < to) {
            open.push(new Range(from, to, null));
        }
    }

    /** The number of the row that the server blames, from 1, or a number that is no row. */
    private static int namedRow(Throwable failure) {
        if (Explanation.classify(failure) == FailureClass.DATA
                && Explanation.unwrap(failure) instanceof ServerFailure server) {
            Matcher matcher = ROW.matcher(server.getMessage());
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : Integer.MIN_VALUE / 2;
        }
        return Integer.MIN_VALUE / 2;
    }
}
