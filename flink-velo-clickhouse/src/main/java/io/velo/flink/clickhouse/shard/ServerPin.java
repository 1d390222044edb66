// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.type.Sql;
import java.util.Set;

/**
 * Holds a statement to the servers of a shard. An address may lead to another server than the one
 * that was planned with: a balancer's, or a name with several addresses. That server has rows of
 * another shard, and would answer without a complaint.
 */
public final class ServerPin {

    /**
     * What tells one server from every other one, as SQL. Servers that share a machine may run from
     * copies of one folder, and then differ by their port only.
     */
    public static final String IDENTITY =
            "concat(toString(serverUUID()), ':', toString(tcpPort()))";

    /** FUNCTION_THROW_IF_VALUE_IS_NON_ZERO. */
    private static final int THROWN = 395;

    private ServerPin() {}

    /**
     * A condition that holds for every row on these servers, and fails the query on any other one.
     * It is a subquery because the server evaluates that once, also where no row is left to read; a
     * call in the WHERE clause itself is skipped there, and the answer would be an empty one.
     *
     * @param servers what {@link #IDENTITY} is on them
     */
    public static String condition(Set<String> servers) {
        return "(SELECT throwIf("
                + IDENTITY
                + " NOT IN ("
                + Sql.texts(servers)
                + "), "
                + Sql.text(ServerFailure.WRONG_SERVER)
                + ")) = 0";
    }

    /** Whether the condition failed a statement: by its code alone, for texts may be cut. */
    public static boolean failed(Throwable failure) {
        return failure instanceof ServerFailure said && said.code() == THROWN;
    }
}
