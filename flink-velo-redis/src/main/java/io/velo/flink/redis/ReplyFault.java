// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an error reply of a Redis server means for the one who sent the command. The first word of
 * the reply decides.
 */
enum ReplyFault {
    /** Passes by itself: the server is loading, electing, out of memory or running a script. */
    TRANSIENT,
    /** As TRANSIENT, but another server may have taken over: connect again. */
    STALE_CONNECTION,
    /** User name or password are wrong or missing. */
    CREDENTIALS,
    /** The user may not run this command or not use these keys. */
    PRIVILEGE,
    /** The key holds a value of another type. */
    WRONG_TYPE,
    /** The server belongs to a cluster and another one owns the key. */
    CLUSTER,
    /** The server does not know the command. */
    UNKNOWN_COMMAND,
    /** The server has fewer databases. */
    NO_DATABASE,
    /** Anything else. */
    OTHER;

    private static final Map<String, ReplyFault> BY_FIRST_WORD =
            Map.ofEntries(
                    Map.entry("LOADING", TRANSIENT),
                    Map.entry("TRYAGAIN", TRANSIENT),
                    Map.entry("CLUSTERDOWN", TRANSIENT),
                    Map.entry("MASTERDOWN", TRANSIENT),
                    Map.entry("BUSY", TRANSIENT),
                    Map.entry("OOM", TRANSIENT),
                    Map.entry("MISCONF", TRANSIENT),
                    Map.entry("NOREPLICAS", TRANSIENT),
                    Map.entry("READONLY", STALE_CONNECTION),
                    Map.entry("UNBLOCKED", STALE_CONNECTION),
                    Map.entry("NOAUTH", CREDENTIALS),
                    Map.entry("WRONGPASS", CREDENTIALS),
                    Map.entry("NOPERM", PRIVILEGE),
                    Map.entry("WRONGTYPE", WRONG_TYPE),
                    Map.entry("MOVED", CLUSTER),
                    Map.entry("ASK", CLUSTER));

    /** What a server says in replies whose first word is only ERR, in lower case. */
    private static final Map<String, ReplyFault> BY_PHRASE =
            Map.of(
                    "err max number of clients", STALE_CONNECTION,
                    "err unknown command", UNKNOWN_COMMAND,
                    "err unknown subcommand", UNKNOWN_COMMAND,
                    "err db index is out of range", NO_DATABASE,
                    "err invalid db index", NO_DATABASE,
                    "err auth", CREDENTIALS,
                    "err invalid password", CREDENTIALS,
                    "err client sent auth", CREDENTIALS);

    /** Whether trying again can help. */
    boolean isTransient() {
        return this == TRANSIENT || this == STALE_CONNECTION;
    }

    /** Whether another row might go through: the others lie in the server or the login. */
    boolean isAboutTheRow() {
        return this == WRONG_TYPE || this == OTHER;
    }

    /** The meaning of an error reply. */
    static ReplyFault of(JedisDataException reply) {
        String text = String.valueOf(reply.getMessage());
        int blank = text.indexOf(' ');
        ReplyFault known = BY_FIRST_WORD.get(blank < 0 ? text : text.substring(0, blank));
        if (known != null) {
            return known;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, ReplyFault> phrase : BY_PHRASE.entrySet()) {
            if (lower.startsWith(phrase.getKey())) {
                return phrase.getValue();
            }
        }
        return OTHER;
    }

    /**
     * The first error among replies, or null. A transaction's EXEC reply is a list that may hold
     * errors; the errors before it say why it was aborted, so the first one counts.
     */
    static JedisDataException firstError(Object[] replies, int from, int to) {
        for (int i = from; i < to; i++) {
            if (replies[i] instanceof JedisDataException error) {
                return error;
            }
            if (replies[i] instanceof List<?> list) {
                for (Object element : list) {
                    if (element instanceof JedisDataException error) {
                        return error;
                    }
                }
            }
        }
        return null;
    }
}
