// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Holds a split to the servers of its shard. An address may lead to another server than the one
 * that was planned with: a balancer's, or a name with several addresses. That server has rows of
 * another shard, and would answer without a complaint.
 */
final class ServerPin {

    private static final String SENTENCE = "This server is none of those that have the rows";

    /** FUNCTION_THROW_IF_VALUE_IS_NON_ZERO. */
    private static final int THROWN = 395;

    private ServerPin() {}

    /**
     * A condition that holds for every row on these servers, and fails the query on any other one.
     * It is a subquery because the server evaluates that once, also where no row is left to read; a
     * call in the WHERE clause itself is skipped there, and the answer would be an empty one.
     *
     * @param servers what {@code serverUUID()} is on them
     */
    static String condition(Set<String> servers) {
        return "(SELECT throwIf(toString(serverUUID()) NOT IN ("
                + Sql.texts(servers)
                + "), "
                + Sql.text(SENTENCE)
                + ")) = 0";
    }

    /**
     * The exception to throw if the query of a split failed. Where the condition failed it, that is
     * one which does not let the job restart: the split would name the same servers again.
     */
    static RuntimeException explained(
            VeloException failure, ScanPlan plan, ClickHouseSplit split, HttpTransport there) {
        // By its code alone: the text of the failure may come compressed.
        boolean thrown =
                failure.reason().orElse(null) instanceof ServerFailure said
                        && said.code() == THROWN;
        if (!thrown || split.shard().isEmpty()) {
            return failure;
        }
        return new SuppressRestartsException(
                Problem.of(
                                ErrorCode.IO_SERVER,
                                "The server that answers at "
                                        + there.host()
                                        + " is not the one that has this part of "
                                        + plan.title()
                                        + ": the address leads to several servers, or to another"
                                        + " one than when the scan was planned.")
                        .at(plan.target().place())
                        .remedy(
                                "Start the job anew with use_local=false: then the table is read"
                                        + " through the server of the URI, by one split.")
                        .toException(failure));
    }
}
