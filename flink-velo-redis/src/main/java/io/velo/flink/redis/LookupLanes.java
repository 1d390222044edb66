// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.retry.RetryListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lanes of the joins that run in this process: the parallel instances of one join take turns in
 * a bounded number of lanes. A join's lanes close with its last instance. Thread-safe.
 */
final class LookupLanes {

    private static final Map<UUID, LookupLanes> OPEN = new HashMap<>();

    private final List<LookupLane> lanes = new ArrayList<>();
    private int users;
    private int turn;

    private LookupLanes() {}

    /**
     * A lane for one more instance of a join; it must be given back by {@link #release}.
     *
     * @param listener hears of further attempts if the lane is a new one
     */
    static LookupLane acquire(LookupPlan plan, LookupBatching batching, RetryListener listener) {
        synchronized (OPEN) {
            LookupLanes join = OPEN.computeIfAbsent(plan.id(), id -> new LookupLanes());
            join.users++;
            join.lanes.removeIf(LookupLane::isClosed);
            if (join.lanes.size() < batching.connections()) {
                LookupLane lane = new LookupLane(plan, batching, listener);
                join.lanes.add(lane);
                return lane;
            }
            return join.lanes.get(join.turn++ % join.lanes.size());
        }
    }

    /** Says that an instance of the join is done with its lane. */
    static void release(UUID join) {
        synchronized (OPEN) {
            LookupLanes lanes = OPEN.get(join);
            if (--lanes.users == 0) {
                OPEN.remove(join);
                lanes.lanes.forEach(LookupLane::close);
            }
        }
    }
}
