// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.ProbeReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Checks a server and the keys of a table without changing anything. Used by one thread. */
final class RedisProbe {

    private static final String VERSION_LINE = "redis_version:";

    private final RedisTable table;
    private final RedisSession session;

    RedisProbe(RedisTable table, RedisSession session) {
        this.table = table;
        this.session = session;
    }

    /** The report; the session is open afterwards if the server could be reached. */
    ProbeReport report() {
        return ProbeReport.record()
                .check("connection and login", this::login)
                .check("server", this::version)
                .check("keys", this::keys)
                .report();
    }

    private String login() throws InterruptedException {
        session.open();
        String user = table.endpoint().credentials().user();
        return table.endpoint().address() + (user.isEmpty() ? "" : " as " + user);
    }

    private String version() throws InterruptedException {
        Object info;
        try {
            info = session.ask(new CommandArguments(Command.INFO).add("server"));
        } catch (VeloException e) {
            boolean forbidden =
                    e.problems().stream().anyMatch(p -> p.code() == ErrorCode.IO_PRIVILEGE);
            if (forbidden) {
                return "version unknown: the user may not ask";
            }
            throw e;
        }
        return new String((byte[]) info, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(VERSION_LINE))
                .map(line -> "Redis " + line.substring(VERSION_LINE.length()))
                .findFirst()
                .orElse("version unknown");
    }

    private String keys() throws InterruptedException {
        KeyPattern pattern = KeyPattern.of(table);
        List<byte[]> keys = KeySample.of(session, pattern, 1);
        if (keys.isEmpty()) {
            return "no key matches '" + pattern.glob() + "' yet";
        }
        Object reply = session.ask(new CommandArguments(Command.TYPE).add(keys.get(0)));
        String type = new String((byte[]) reply, StandardCharsets.US_ASCII);
        boolean fits = table.type().filter(said -> !said.name().equalsIgnoreCase(type)).isEmpty();
        if (!fits) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "A key that matches '"
                                    + pattern.glob()
                                    + "' is of type "
                                    + type
                                    + ", but option 'type' says otherwise.")
                    .at(table.endpoint().shown())
                    .remedy("Correct 'type' or 'key-pattern'.")
                    .toException();
        }
        return "keys that match '" + pattern.glob() + "' are of type " + type;
    }
}
