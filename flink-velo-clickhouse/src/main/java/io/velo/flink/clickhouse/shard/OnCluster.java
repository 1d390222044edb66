// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * On which servers a statement runs that defines or empties a table: on the one that is asked, or
 * by {@code ON CLUSTER} on all of a cluster. Immutable, therefore thread-safe; serializable.
 *
 * @param cluster its name, which may hold macros such as {@code {cluster}}; empty for one server
 */
public record OnCluster(String cluster) implements Serializable {

    /** The server that is asked, and no other. */
    public static final OnCluster NONE = new OnCluster("");

    /** The setting for how long the server waits for the others. */
    static final String PATIENCE = "distributed_ddl_task_timeout";

    /** What the asked server needs on top of that to answer. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Whether there is a cluster. */
    public boolean isGiven() {
        return !cluster.isEmpty();
    }

    /** {@code ON CLUSTER …} with a space before it, to stand behind the name of the object. */
    public String clause() {
        return isGiven() ? " ON CLUSTER " + Sql.name(cluster) : "";
    }

    /**
     * Runs a statement that has the {@link #clause()} and waits until all servers have run it, as
     * long as an insert may take.
     *
     * @param target the server to ask
     * @param what what the statement does, such as "Creating table shop.events"
     * @return its answer, which is empty if servers of a cluster ran it
     * @throws IOException if the server that is asked refuses it or does not answer
     * @throws io.velo.flink.common.error.VeloException if servers of the cluster failed or have not
     *     run it in time, with a list of them
     */
    public List<List<String>> run(ClickHouseTarget target, String what, String statement)
            throws IOException {
        if (!isGiven()) {
            return new HttpTransport(target).rowsWithoutDatabase(statement, target.settings());
        }
        Map<String, String> settings = new LinkedHashMap<>(target.settings());
        String seconds = Long.toString(Math.max(1, target.insertTimeout().toSeconds()));
        settings.putIfAbsent(PATIENCE, seconds);
        // The answer lists all servers with what became of the statement there.
        settings.put("distributed_ddl_output_mode", "never_throw");
        settings.put("default_format", "TabSeparated");
        Duration silence = patience(settings.get(PATIENCE), target.insertTimeout()).plus(MARGIN);
        HttpTransport transport = new HttpTransport(target.withSocketTimeout(silence));
        List<List<String>> hosts = transport.rowsWithoutDatabase(statement, settings);
        HostReport.of(hosts).check(what + clause(), target.place());
        return List.of();
    }

    private static Duration patience(String seconds, Duration otherwise) {
        try {
            return Duration.ofSeconds(Math.max(otherwise.toSeconds(), Long.parseLong(seconds)));
        } catch (NumberFormatException refusedByTheServer) {
            return otherwise;
        }
    }
}
