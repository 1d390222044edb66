// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.LookupAnswers;
import io.velo.flink.common.lookup.LookupConnection;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Looks keys up over one connection, all of them in one pipeline. */
final class RedisLookupConnection implements LookupConnection<RedisKey> {

    private final LookupPlan plan;
    private final RedisSession session;
    private final ValueDecoder decoder;

    RedisLookupConnection(LookupPlan plan, RedisSession session) {
        this.plan = plan;
        this.session = session;
        this.decoder = ValueDecoder.of(plan);
    }

    @Override
    public void lookUp(List<RedisKey> keys, LookupAnswers answers) throws InterruptedException {
        List<LookupRequest> requests = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            requests.add(new LookupRequest(plan, keys.get(i), i, answers));
        }
        decoder.answer(session, requests);
    }

    @Override
    public void check() throws InterruptedException {
        session.ask(new CommandArguments(Command.EXISTS).add("velo"));
    }

    @Override
    public void abort() {
        session.abort();
    }

    @Override
    public void close() {
        session.close();
    }
}
