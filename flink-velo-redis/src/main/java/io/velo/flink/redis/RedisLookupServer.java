// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.LookupConnection;
import io.velo.flink.common.lookup.LookupServer;

/**
 * One Redis server that answers lookups. Immutable, therefore thread-safe.
 *
 * @param plan what is asked for
 * @param address the server
 */
record RedisLookupServer(LookupPlan plan, RedisEndpoint address) implements LookupServer<RedisKey> {

    @Override
    public String endpoint() {
        return address.shown();
    }

    @Override
    public LookupConnection<RedisKey> connect() throws InterruptedException {
        RedisSession session = RedisSession.ofOneAttempt(address);
        try {
            session.open();
            return new RedisLookupConnection(plan, session);
        } catch (InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
