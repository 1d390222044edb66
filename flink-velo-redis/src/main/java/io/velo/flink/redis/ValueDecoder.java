// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.List;

/** Reads the values of keys and answers the requests for them. Not thread-safe. */
interface ValueDecoder {

    /**
     * Answers every request: by a row, by nothing, or by what is wrong with that one key.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked; then some
     *     requests may be unanswered
     */
    void answer(RedisSession session, List<LookupRequest> requests) throws InterruptedException;

    /** The decoder of a plan. */
    static ValueDecoder of(LookupPlan plan) {
        return plan.type() == null ? new FirstTypeDecoder(plan) : of(plan, plan.type());
    }

    /** The decoder of a plan for keys of the given type, which is a built one. */
    static ValueDecoder of(LookupPlan plan, ValueType type) {
        return type == ValueType.HASH ? new HashDecoder(plan) : new StringDecoder(plan);
    }
}
