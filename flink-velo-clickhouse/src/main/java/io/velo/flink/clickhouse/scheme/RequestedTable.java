// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.clickhouse.sink.PinnedSettings;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.HostPort;
import io.velo.flink.common.uri.VeloUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The server, database and table that a request names.
 *
 * @param target the database
 * @param table the table, or empty if the URI names none
 * @param query the query that stands for a table, or empty
 */
record RequestedTable(ClickHouseTarget target, String table, String query) {

    private static final int HTTP = 8123;
    private static final int HTTPS = 8443;
    private static final int NATIVE = 9000;
    private static final int NATIVE_TLS = 9440;

    /**
     * Reads a request; opens no connection.
     *
     * @throws io.velo.flink.common.error.VeloException with every option that this version does not
     *     serve
     */
    static RequestedTable of(TableRequest request) {
        ResolvedOptions options = request.options();
        Problems problems = new Problems();
        PinnedSettings.check(options.passedThrough().keySet(), problems);
        String query = options.find(ScanOptions.QUERY).orElse("");
        checkQuery(request, query, problems);
        problems.throwIfAny();
        String path = String.join("/", request.uri().pathSegments());
        String table = options.find(ClickHouseOptions.TABLE).orElse("");
        int dot = path.indexOf('.');
        String database = path;
        if (table.isEmpty() && query.isEmpty() && dot >= 0) {
            table = path.substring(dot + 1);
            database = path.substring(0, dot);
        }
        boolean tls = tls(request);
        ClickHouseTarget target =
                new ClickHouseTarget(
                        hosts(request, tls),
                        tls,
                        options.credentials(),
                        database.isEmpty() ? "default" : database,
                        options.get(ClickHouseOptions.COMPRESSION),
                        options.get(ClickHouseOptions.FORMAT),
                        options.passedThrough(),
                        options.get(ClickHouseOptions.SOCKET_TIMEOUT),
                        options.get(ClickHouseOptions.INSERT_TIMEOUT),
                        request.uri().toString());
        return new RequestedTable(target, table, query);
    }

    /** The target with a deadline that planning can wait for. */
    ClickHouseTarget forPlanning() {
        Duration most = TableRequest.DISCOVERY_DEADLINE;
        return target.socketTimeout().compareTo(most) > 0 ? target.withSocketTimeout(most) : target;
    }

    /** The URI of one table of a server. */
    static VeloUri uriOf(VeloUri server, String database, String table) {
        String parameters =
                server.parameters().stream()
                        .filter(parameter -> !parameter.name().equalsIgnoreCase("table"))
                        .map(parameter -> "&" + parameter.name() + "=" + percent(parameter.value()))
                        .collect(Collectors.joining());
        String text =
                server.scheme()
                        + "://"
                        + server.authority()
                        + "/"
                        + percent(database)
                        + "?table="
                        + percent(table)
                        + parameters;
        return VeloUri.parse(text);
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether the URI names a server or a database and no table. */
    static boolean namesNoTable(VeloUri uri) {
        return uri.parameter("table").isEmpty()
                && uri.parameter("query").isEmpty()
                && !String.join("/", uri.pathSegments()).contains(".");
    }

    /**
     * This request if it names a table.
     *
     * @param candidates what to say about the tables that there are
     */
    RequestedTable withTable(String candidates) {
        if (!table.isEmpty() || !query.isEmpty()) {
            return this;
        }
        throw Problem.of(ErrorCode.URI_NO_OBJECT, "The URI does not name a ClickHouse table.")
                .at(target.place())
                .remedy("Add ?table=name, or write database.table in the path." + candidates)
                .toException();
    }

    private static boolean tls(TableRequest request) {
        return request.options().get(ClickHouseOptions.SSL)
                || request.uri().scheme().equals(ClickHouseScheme.TLS_NAME);
    }

    private static List<String> hosts(TableRequest request, boolean tls) {
        int usual = tls ? HTTPS : HTTP;
        int port = request.options().find(ClickHouseOptions.HTTP_PORT).orElse(usual);
        boolean given = request.options().isSet(ClickHouseOptions.HTTP_PORT);
        if (request.uri().hosts().isEmpty()) {
            return List.of("localhost:" + port);
        }
        return request.uri().hosts().stream()
                .map(host -> onHttp(request, host, port, given))
                .toList();
    }

    private static String onHttp(TableRequest request, HostPort host, int port, boolean given) {
        boolean isNative = host.port() == NATIVE || host.port() == NATIVE_TLS;
        if (isNative && !given) {
            request.warn(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "Port "
                                            + host.port()
                                            + " is ClickHouse's native port; Velo uses the HTTP"
                                            + " port "
                                            + port
                                            + " of that host.")
                            .at(request.uri().toString())
                            .remedy("Write port " + port + ", or give http_port."));
        }
        HostPort plain = new HostPort(host.host(), HostPort.NOT_GIVEN);
        return (given || isNative ? plain : host).orPort(port).toString();
    }

    private static void checkQuery(TableRequest request, String query, Problems problems) {
        if (query.isEmpty()) {
            return;
        }
        if (request.options().find(ClickHouseOptions.TABLE).isPresent()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "Options 'query' and 'table' cannot be given together.")
                            .remedy("Remove one of them."));
        }
        String start = query.stripLeading().toUpperCase(Locale.ROOT);
        if (!start.startsWith("SELECT") && !start.startsWith("WITH")) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_VALUE,
                                    "Option 'query' is not a SELECT statement of the server.")
                            .remedy("Write query=SELECT …, or WITH … SELECT …."));
        }
    }
}
