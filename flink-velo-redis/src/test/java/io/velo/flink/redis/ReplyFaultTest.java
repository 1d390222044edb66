// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.secret.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisDataException;

class ReplyFaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOADING Redis is loading the dataset in memory | TRANSIENT",
                "TRYAGAIN Multiple keys request during rehashing of slot | TRANSIENT",
                "CLUSTERDOWN Hash slot not served | TRANSIENT",
                "MASTERDOWN Link with MASTER is down | TRANSIENT",
                "OOM command not allowed when used memory > 'maxmemory'. | TRANSIENT",
                "READONLY You can't write against a read only replica. | STALE_CONNECTION",
                "ERR max number of clients reached | STALE_CONNECTION",
                "NOAUTH Authentication required. | CREDENTIALS",
                "WRONGPASS invalid username-password pair or user is disabled. | CREDENTIALS",
                "ERR AUTH <password> called without any password configured | CREDENTIALS",
                "ERR invalid password | CREDENTIALS",
                "NOPERM this user has no permissions to run the 'hset' command | PRIVILEGE",
                "WRONGTYPE Operation against a key holding the wrong kind of value | WRONG_TYPE",
                "MOVED 3999 127.0.0.1:6381 | CLUSTER",
                "ERR unknown command 'HELLO' | UNKNOWN_COMMAND",
                "ERR DB index is out of range | NO_DATABASE",
                "ERR something else | OTHER",
                "STRANGE | OTHER"
            })
    void readsTheFirstWord(String reply, ReplyFault fault) {
        assertThat(ReplyFault.of(new JedisDataException(reply))).isEqualTo(fault);
    }

    @Test
    void findsTheErrorInsideATransaction() {
        JedisDataException inside = new JedisDataException("WRONGTYPE x");
        Object[] replies = {"OK", "QUEUED", java.util.Arrays.asList(1L, inside)};

        assertThat(ReplyFault.firstError(replies, 0, 3)).isSameAs(inside);
        assertThat(ReplyFault.firstError(replies, 0, 2)).isNull();
    }

    @Test
    void repeatsNoArgumentsOfACommand() {
        RedisEndpoint endpoint = new RedisEndpoint("h", 1, 0, false, Credentials.NONE);
        JedisDataException error =
                new JedisDataException(
                        "ERR unknown command 'HSET', with args beginning with: 'user:VELOCANARY'");

        assertThat(RedisProblems.reply(endpoint, error).getMessage())
                .contains("unknown command 'HSET'")
                .doesNotContain("VELOCANARY");
    }
}
