// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.SealedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Talks to a ClickHouse server over its HTTP interface: statements, streamed answers, inserts of
 * sealed blocks. Every call has a deadline. Opens connections when they are needed and keeps them.
 * Thread-safe.
 *
 * <p>Several hosts: the one that answered last is asked first; one that refuses the connection is
 * passed over for the next in order. Nothing else is retried here.
 */
public final class HttpTransport {

    private static final int MAX_SMALL_ANSWER = 64 << 20;

    private final ClickHouseTarget target;
    private final Hosts hosts;
    private final ServerWords words;
    private final Map<String, String> login;
    private final ClientThreads threads;
    private final Connections connections;

    /** A transport to this target; connects nowhere yet, but reads the password. */
    public HttpTransport(ClickHouseTarget target) {
        this(target, Login.headers(target.credentials()), new ClientThreads());
    }

    private HttpTransport(
            ClickHouseTarget target, Map<String, String> login, ClientThreads threads) {
        this(target, login, threads, new Connections(threads));
    }

    private HttpTransport(
            ClickHouseTarget target,
            Map<String, String> login,
            ClientThreads threads,
            Connections connections) {
        this.target = target;
        this.hosts = new Hosts(target);
        this.words = new ServerWords(target.compression());
        this.login = login;
        this.threads = threads;
        this.connections = connections;
    }

    /**
     * A transport to other servers with the same login and the same patience. It shares threads and
     * kept connections with this one, so that many servers need no more threads than one.
     */
    public HttpTransport to(List<String> hosts, String database) {
        return new HttpTransport(target.on(hosts, database), login, threads, connections);
    }

    /** Where this transport leads. */
    public ClickHouseTarget target() {
        return target;
    }

    /** The host that is asked first, as {@code host:port}. */
    public String host() {
        return hosts.first();
    }

    /**
     * Runs a statement whose answer is small and returns the rows of its TabSeparated output.
     *
     * @throws IOException if it fails; a {@link ServerFailure} if the server says so
     */
    public List<List<String>> rows(String sql) throws IOException {
        return rows(sql, Map.of());
    }

    /** As {@link #rows(String)}, with settings of this statement. */
    public List<List<String>> rows(String sql, Map<String, String> settings) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(settings);
        parameters.put("database", target.database());
        parameters.put("wait_end_of_query", "1");
        return answered(sql, parameters);
    }

    /** As {@link #rows(String)}, in a session whose database need not exist. */
    public List<List<String>> rowsWithoutDatabase(String sql) throws IOException {
        return rowsWithoutDatabase(sql, Map.of());
    }

    /** As {@link #rowsWithoutDatabase(String)}, with settings of this statement. */
    public List<List<String>> rowsWithoutDatabase(String sql, Map<String, String> settings)
            throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(settings);
        parameters.put("wait_end_of_query", "1");
        return answered(sql, parameters);
    }

    private List<List<String>> answered(String sql, Map<String, String> parameters)
            throws IOException {
        return open(
                sql,
                parameters,
                "",
                response -> {
                    try (InputStream body = response.body()) {
                        byte[] bytes = body.readNBytes(MAX_SMALL_ANSWER);
                        return TabSeparated.parse(new String(bytes, StandardCharsets.UTF_8));
                    }
                });
    }

    /**
     * Starts a query and returns its answer while it is still being made.
     *
     * @param settings settings of this query, such as {@code max_block_size}
     * @throws IOException if it fails before its first byte
     */
    public Answer query(String sql, Map<String, String> settings) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(target.settings());
        parameters.putAll(settings);
        parameters.put("database", target.database());
        if (target.compression() == Compression.LZ4) {
            parameters.put("compress", "1");
        }
        return open(
                sql,
                parameters,
                target.compression().answerEncoding(),
                response -> {
                    String tag = response.head().header("x-clickhouse-exception-tag").orElse("");
                    InputStream plain = words.plain(response.body(), response.head());
                    String from = response.from().authority();
                    return new Answer(response.body(), plain, tag, from, target.place());
                });
    }

    /** Asks for the answer of a statement that stands in the request's body. */
    private <T> T open(
            String sql, Map<String, String> parameters, String encoding, Exchange.Reading<T> rest)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(login);
        if (!encoding.isEmpty()) {
            headers.put("Accept-Encoding", encoding);
        }
        return hosts.ask(
                new Exchange(threads, connections),
                Request.ofText(parameters, headers, sql),
                target.socketTimeout(),
                response -> rest.read(words.checked(response)));
    }

    /**
     * Sends one sealed block. The future ends with the rows that the server says it wrote, or -1 if
     * it does not say, or fails as {@link Explanation} understands. Cancelling it ends the request.
     *
     * @param sql the INSERT statement up to its FORMAT clause
     * @param settings settings of this insert
     */
    public CompletableFuture<Long> insert(
            String sql, SealedBlock block, Map<String, String> settings) {
        Map<String, String> parameters = new LinkedHashMap<>(target.settings());
        parameters.putAll(settings);
        parameters.put("database", target.database());
        parameters.put("query", sql);
        parameters.put("wait_end_of_query", "1");
        if (target.compression().framesInserts()) {
            parameters.put("decompress", "1");
        }
        Map<String, String> headers = new LinkedHashMap<>(login);
        if (!target.compression().insertEncoding().isEmpty()) {
            headers.put("Content-Encoding", target.compression().insertEncoding());
        }
        Request request = new Request(parameters, headers, block.pieces());
        Exchange exchange = new Exchange(threads, connections);
        CompletableFuture<Long> result =
                CompletableFuture.supplyAsync(() -> insert(exchange, request), threads.inserts());
        // The thread that runs a stage is not told that it was cancelled.
        result.whenComplete(
                (rows, failure) -> {
                    if (result.isCancelled()) {
                        exchange.cancel();
                    }
                });
        return result;
    }

    private long insert(Exchange exchange, Request request) {
        try {
            return hosts.ask(
                    exchange,
                    request,
                    target.insertTimeout(),
                    response -> words.written(words.checked(response)));
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Whether the request surely did not go out, because no connection came about. */
    public static boolean notConnected(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnknownHostException;
    }
}
