// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.scheme.TableRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Finds some keys of a table by SCAN, which the server never stops for. Stateless. */
final class KeySample {

    private static final String START = "0";
    private static final int KEYS_PER_STEP = 1000;

    private KeySample() {}

    /**
     * Keys that match, in no order, each once; fewer than asked for if there are no more or the
     * time is over.
     *
     * @param most how many keys are enough
     */
    static List<byte[]> of(RedisSession session, KeyPattern pattern, int most)
            throws InterruptedException {
        long end = System.nanoTime() + TableRequest.DISCOVERY_DEADLINE.toNanos() / 2;
        Set<KeyBytes> keys = new LinkedHashSet<>();
        String cursor = START;
        do {
            CommandArguments scan =
                    new CommandArguments(Command.SCAN)
                            .add(cursor)
                            .add("MATCH")
                            .add(pattern.glob())
                            .add("COUNT")
                            .add(KEYS_PER_STEP);
            List<?> reply = (List<?>) session.ask(scan);
            cursor = new String((byte[]) reply.get(0), StandardCharsets.US_ASCII);
            for (Object key : (List<?>) reply.get(1)) {
                keys.add(KeyBytes.of((byte[]) key));
            }
        } while (!cursor.equals(START) && keys.size() < most && System.nanoTime() < end);
        List<byte[]> found = new ArrayList<>();
        keys.stream().limit(most).forEach(key -> found.add(key.bytes()));
        return found;
    }
}
