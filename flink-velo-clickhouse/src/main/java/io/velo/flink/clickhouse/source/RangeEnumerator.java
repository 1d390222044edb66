// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.VeloException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Asks for new rows whenever a reader has nothing to do, at most once per poll interval unless more
 * are known to be there. Ranges are given out in their order. Used by the coordinator's thread.
 */
final class RangeEnumerator implements SplitEnumerator<ClickHouseSplit, RangeState> {

    private static final Set<ErrorCode> MAY_PASS =
            EnumSet.of(
                    ErrorCode.IO_UNREACHABLE,
                    ErrorCode.IO_TIMEOUT,
                    ErrorCode.IO_SERVER,
                    ErrorCode.IO_PROTOCOL);

    private final SplitEnumeratorContext<ClickHouseSplit> context;
    private final RangePlanner planner;
    private final long pollMillis;
    private final Deque<ClickHouseSplit> waiting;
    private final TreeSet<Integer> asking = new TreeSet<>();
    private String cursor;
    private String last;
    private long number;
    private boolean planning;
    private boolean more;

    RangeEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context,
            RangePlanner planner,
            long pollMillis,
            RangeState state) {
        this.context = context;
        this.planner = planner;
        this.pollMillis = pollMillis;
        this.waiting = new ArrayDeque<>(state.waiting());
        this.cursor = state.cursor();
        this.last = state.last();
        this.number = state.number();
    }

    @Override
    public void start() {
        context.callAsync(() -> Boolean.TRUE, (tick, failure) -> plan(), 0, pollMillis);
    }

    private void plan() {
        if (planning || asking.isEmpty() || !waiting.isEmpty()) {
            return;
        }
        planning = true;
        String known = cursor;
        String from = last;
        long next = number;
        context.callAsync(() -> planner.behind(known, from, next), this::found);
    }

    private void found(Optional<NewRows> rows, Throwable failure) {
        planning = false;
        if (failure != null) {
            throw lasting(failure);
        }
        more = rows.isPresent() && rows.get().more();
        if (rows.isPresent()) {
            cursor = rows.get().cursor();
            last = rows.get().last();
            number++;
            waiting.add(rows.get().split());
            serve();
        }
    }

    /** What a restart of the job cannot mend ends it. */
    private static RuntimeException lasting(Throwable failure) {
        if (failure instanceof VeloException known) {
            boolean mayPass =
                    known.problems().stream()
                            .allMatch(problem -> MAY_PASS.contains(problem.code()));
            return mayPass ? known : new SuppressRestartsException(known);
        }
        return failure instanceof RuntimeException known
                ? known
                : new FlinkRuntimeException(failure);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        asking.add(subtask);
        serve();
    }

    private void serve() {
        Iterator<Integer> readers = asking.iterator();
        while (readers.hasNext() && !waiting.isEmpty()) {
            int subtask = readers.next();
            readers.remove();
            // One that failed asks anew when it is back.
            if (context.registeredReaders().containsKey(subtask)) {
                context.assignSplit(waiting.poll(), subtask);
            }
        }
        if (more) {
            plan();
        }
    }

    @Override
    public void addSplitsBack(List<ClickHouseSplit> splits, int subtask) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            waiting.addFirst(splits.get(i));
        }
        serve();
    }

    @Override
    public void addReader(int subtask) {
        // Readers ask when they have nothing to do.
    }

    @Override
    public RangeState snapshotState(long checkpoint) {
        return new RangeState(cursor, last, number, List.copyOf(waiting));
    }

    @Override
    public void close() {
        // A question that is under way ends by its deadline.
    }
}
