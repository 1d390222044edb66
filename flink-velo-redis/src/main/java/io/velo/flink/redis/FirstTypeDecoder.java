// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads keys of which nobody said what they hold: the first key that exists tells, for all that
 * come after it. As long as none exists, every request is a miss.
 */
final class FirstTypeDecoder implements ValueDecoder {

    private static final String ABSENT = "none";

    private final LookupPlan plan;
    private ValueDecoder decoder;

    FirstTypeDecoder(LookupPlan plan) {
        this.plan = plan;
    }

    @Override
    public void answer(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        if (decoder == null) {
            decoder = firstType(session, requests);
        }
        if (decoder == null) {
            requests.forEach(LookupRequest::missed);
        } else {
            decoder.answer(session, requests);
        }
    }

    private ValueDecoder firstType(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        CommandBatch batch = new CommandBatch();
        for (LookupRequest request : requests) {
            batch.single(new CommandArguments(Command.TYPE).add(request.key()));
        }
        for (Object reply : session.run(batch)) {
            if (reply instanceof JedisDataException error) {
                throw RedisProblems.reply(session.endpoint(), error);
            }
            String type = new String((byte[]) reply, StandardCharsets.US_ASCII);
            if (!type.equals(ABSENT)) {
                return ValueDecoder.of(plan, built(type));
            }
        }
        return null;
    }

    private ValueType built(String type) {
        for (ValueType candidate : ValueType.values()) {
            if (candidate.isBuilt() && candidate.name().toLowerCase(Locale.ROOT).equals(type)) {
                return candidate;
            }
        }
        throw Problem.of(
                        ErrorCode.OPTION_NOT_BUILT,
                        "The keys of this table are of type '"
                                + type
                                + "', which is not built yet in this version of Velo.")
                .at(plan.table())
                .remedy("Built: hash, string.")
                .toException();
    }
}
