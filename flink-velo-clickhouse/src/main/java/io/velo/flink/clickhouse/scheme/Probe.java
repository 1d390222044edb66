// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.ProbeReport;
import java.io.IOException;
import java.util.List;

/** Checks address, login, table and privileges of a request, in this order. */
final class Probe {

    private final RequestedTable requested;
    private final HttpTransport transport;

    Probe(RequestedTable requested) {
        this.requested = requested;
        this.transport = new HttpTransport(requested.forPlanning());
    }

    ProbeReport report() {
        ProbeReport.Recorder report =
                ProbeReport.record().check("address", this::address).check("login", this::login);
        if (!requested.table().isEmpty()) {
            report.check("table", this::table)
                    .check("read privilege", this::mayRead)
                    .check("write privilege", this::mayWrite);
        } else {
            report.check("database", this::database);
        }
        return report.report();
    }

    /** A server that refuses the login can be reached. */
    private String address() {
        try {
            transport.rowsWithoutDatabase("SELECT 1");
        } catch (ServerFailure answered) {
            return transport.host();
        } catch (IOException failure) {
            throw explain(failure, "Reaching the server");
        }
        return transport.host();
    }

    private String login() {
        List<String> row = ask("SELECT currentUser(), version()", "The login").get(0);
        return row.get(0) + ", ClickHouse " + row.get(1);
    }

    private String database() {
        return new TableMetaReader(transport).tables(requested.target().database()).size()
                + " tables in "
                + requested.target().database();
    }

    private String table() {
        TableMeta meta =
                new TableMetaReader(transport)
                        .read(requested.target().database(), requested.table());
        return meta.title() + ", " + meta.engine() + ", " + meta.columns().size() + " columns";
    }

    private String mayRead() {
        String name = Sql.table(requested.target().database(), requested.table());
        ask("SELECT 1 FROM " + name + " LIMIT 0", "Reading the table");
        return "granted";
    }

    private String mayWrite() {
        String name = Sql.table(requested.target().database(), requested.table());
        boolean granted =
                ask("CHECK GRANT INSERT ON " + name, "Checking the privilege to write")
                        .get(0)
                        .get(0)
                        .equals("1");
        return granted ? "granted" : "not granted";
    }

    private List<List<String>> ask(String sql, String what) {
        try {
            return transport.rowsWithoutDatabase(sql);
        } catch (IOException failure) {
            throw explain(failure, what);
        }
    }

    private VeloException explain(IOException failure, String what) {
        return Explanation.of(failure, what, transport.host(), transport.target().place());
    }
}
