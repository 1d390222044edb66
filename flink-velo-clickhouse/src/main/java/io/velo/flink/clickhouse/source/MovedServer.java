// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.ServerPin;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Says that another server answers a split than those of its shard. */
final class MovedServer {

    private MovedServer() {}

    /**
     * The exception to throw if the query of a split failed. Where its {@link ServerPin} failed it,
     * that is one which does not let the job restart: the split would name the same servers again.
     */
    static RuntimeException explained(
            VeloException failure, ScanPlan plan, ClickHouseSplit split, HttpTransport there) {
        if (split.shard().isEmpty() || failure.reason().filter(ServerPin::failed).isEmpty()) {
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
