// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;
import java.time.Duration;
import redis.clients.jedis.exceptions.JedisException;

/** A failure that passes by itself; what it holds is told when it did not pass in time. */
final class PassingFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RedisEndpoint endpoint;
    private final transient JedisException lost;
    private final transient VeloException reply;

    private PassingFault(RedisEndpoint endpoint, JedisException lost, VeloException reply) {
        super(lost == null ? reply.getMessage() : lost.getMessage(), null, false, false);
        this.endpoint = endpoint;
        this.lost = lost;
        this.reply = reply;
    }

    /** The way to the server is closed. */
    static PassingFault unreachable(RedisEndpoint endpoint, JedisException reason) {
        return new PassingFault(endpoint, reason, null);
    }

    /** The server says that it cannot at present. */
    static PassingFault reply(VeloException problem) {
        return new PassingFault(null, null, problem);
    }

    /** What to tell after this number of attempts. */
    VeloException problem(int attempts, Duration spent) {
        return lost == null ? reply : RedisProblems.unreachable(endpoint, lost, attempts, spent);
    }

    /** The class of a failure of a session: only this one passes. */
    static FailureClass classify(Throwable failure) {
        return failure instanceof PassingFault ? FailureClass.TRANSIENT : FailureClass.PERMANENT;
    }
}
