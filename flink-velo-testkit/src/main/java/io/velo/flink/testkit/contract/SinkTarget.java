// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A scheme's sink and its server, as faults are tried on them: how a table of a workload is made,
 * written through a given port, and read back. One target serves one test class or one chaos run
 * and is used by one thread.
 */
public interface SinkTarget {

    /** The name in verdicts, such as {@code redis}. */
    String scheme();

    /** The server, a new one of its own; always the same object. Somebody else starts it. */
    Server server();

    /**
     * The options of the WITH clause, {@code connector} excepted, for a table with the columns of
     * {@link io.velo.flink.testkit.oracle.WorkloadRows#COLUMNS}. Keyed workloads have the primary
     * key {@code id}.
     *
     * @param port where the server is to be reached: its own port or a proxy's
     * @param table letters, digits and underscores, different for each run
     */
    Map<String, String> options(int port, String table);

    /** Makes the table in the server, which runs, if the sink does not. */
    default void prepare(String table) throws Exception {
        // Most sinks need nothing.
    }

    /**
     * All rows of the table, asked from the server itself and not through the scheme. If {@link
     * #keepsOrder()}, rows of a key come in their order.
     */
    List<Version> read(String table) throws Exception;

    /** Whether rows are replaced and deleted by key, or only added. */
    default Workload.Shape shape() {
        return Workload.Shape.KEYED;
    }

    /** What the sink promises with these options. */
    default Verdict.Promise promise() {
        return Verdict.Promise.EXACT;
    }

    /** Whether appended rows have an order in the server. */
    default boolean keepsOrder() {
        return false;
    }

    /** Whether the server checks a password. */
    default boolean asksForPassword() {
        return true;
    }

    /**
     * After this time without any answer the sink has given its request up and opens a new
     * connection. A client that tries its other connections first, as Kafka's does, needs its
     * request timeout for each of them.
     */
    default Duration requestTimeout() {
        return Duration.ofSeconds(10);
    }

    /** A proxy before the server. */
    default FaultProxy openProxy() {
        return FaultProxy.before(server().port());
    }
}
