// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.EncodedStream;
import io.velo.flink.clickhouse.codec.Lz4FrameStream;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.secret.References;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Talks to a ClickHouse server over its HTTP interface: statements, streamed answers, inserts of
 * sealed blocks. Every call has a deadline. Opens connections when they are needed and keeps them.
 * Thread-safe.
 *
 * <p>Several hosts: the one that answered last is asked first; one that refuses the connection is
 * passed over for the next in order. Nothing else is retried here.
 */
public final class HttpTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_SMALL_ANSWER = 64 << 20;
    private static final int MAX_ERROR_TEXT = 8 << 10;

    private final ClickHouseTarget target;
    private final HttpClient client;
    private final Map<String, String> login;
    private volatile int preferred;

    /** A transport to this target; connects nowhere yet, but reads the password. */
    public HttpTransport(ClickHouseTarget target) {
        this(target, newClient(target), login(target));
    }

    private HttpTransport(ClickHouseTarget target, HttpClient client, Map<String, String> login) {
        this.target = target;
        this.client = client;
        this.login = login;
    }

    private static HttpClient newClient(ClickHouseTarget target) {
        Duration patience =
                target.socketTimeout().compareTo(CONNECT_TIMEOUT) < 0
                        ? target.socketTimeout()
                        : CONNECT_TIMEOUT;
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .executor(ClientThreads.newPool())
                .build();
    }

    /**
     * A transport to other servers with the same login and the same patience. It shares threads and
     * kept connections with this one, so that many servers need no more threads than one.
     */
    public HttpTransport to(List<String> hosts, String database) {
        return new HttpTransport(target.on(hosts, database), client, login);
    }

    /** Where this transport leads. */
    public ClickHouseTarget target() {
        return target;
    }

    /** The host that is asked first, as {@code host:port}. */
    public String host() {
        return target.hosts().get(preferred);
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
        HttpResponse<InputStream> response = open(sql, parameters, "");
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_SMALL_ANSWER);
            return TabSeparated.parse(new String(bytes, StandardCharsets.UTF_8));
        }
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
        HttpResponse<InputStream> response =
                open(sql, parameters, target.compression().answerEncoding());
        String tag = response.headers().firstValue("X-ClickHouse-Exception-Tag").orElse("");
        return new Answer(
                response.body(),
                plain(response.body(), response),
                tag,
                response.uri().getAuthority(),
                target.place());
    }

    private InputStream plain(InputStream body, HttpResponse<?> response) {
        if (target.compression() == Compression.LZ4) {
            return new Lz4FrameStream(body);
        }
        // A server that does not know the encoding, or may not use it, answers in plain bytes.
        return response.headers()
                .firstValue("Content-Encoding")
                .filter(encoding -> encoding.equals(target.compression().answerEncoding()))
                .<InputStream>map(encoding -> new EncodedStream(body, encoding))
                .orElse(body);
    }

    /**
     * Sends one sealed block. The future ends with the rows that the server says it wrote, or -1 if
     * it does not say, or fails as {@link Explanation} understands.
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
        int first = preferred;
        return sendInsert(parameters, new BlockBody(block), first, 0);
    }

    private CompletableFuture<Long> sendInsert(
            Map<String, String> parameters, HttpRequest.BodyPublisher body, int first, int tried) {
        int host = (first + tried) % target.hosts().size();
        HttpRequest.Builder builder =
                request(host, parameters).timeout(target.insertTimeout()).POST(body);
        if (!target.compression().insertEncoding().isEmpty()) {
            builder.header("Content-Encoding", target.compression().insertEncoding());
        }
        HttpRequest request = builder.build();
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(
                        request,
                        info -> HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
        CompletableFuture<Long> result =
                exchange.handle(
                                (response, failure) -> {
                                    if (failure == null) {
                                        preferred = host;
                                        return CompletableFuture.completedFuture(written(response));
                                    }
                                    boolean another = tried + 1 < target.hosts().size();
                                    return another && notConnected(Explanation.unwrap(failure))
                                            ? sendInsert(parameters, body, first, tried + 1)
                                            : CompletableFuture.<Long>failedFuture(failure);
                                })
                        .thenCompose(answer -> answer);
        // A stage does not hand its cancellation back to the one before it.
        result.whenComplete(
                (rows, failure) -> {
                    if (result.isCancelled()) {
                        exchange.cancel(true);
                    }
                });
        return result;
    }

    private static long written(HttpResponse<String> response) {
        int code = exceptionCode(response);
        if (response.statusCode() != 200 || code != 0) {
            throw new CompletionException(
                    ServerFailure.parse(response.body(), code, response.statusCode()));
        }
        return response.headers()
                .firstValue("X-ClickHouse-Summary")
                .map(HttpTransport::writtenRows)
                .orElse(-1L);
    }

    private static long writtenRows(String summary) {
        String key = "\"written_rows\":\"";
        int start = summary.indexOf(key);
        int end = start < 0 ? -1 : summary.indexOf('"', start + key.length());
        return end < 0 ? -1 : Long.parseLong(summary.substring(start + key.length(), end));
    }

    /** Opens the answer of a statement that stands in the request's body. */
    private HttpResponse<InputStream> open(
            String sql, Map<String, String> parameters, String encoding) throws IOException {
        int first = preferred;
        IOException refused = null;
        for (int tried = 0; tried < target.hosts().size(); tried++) {
            int host = (first + tried) % target.hosts().size();
            HttpRequest.Builder builder =
                    request(host, parameters)
                            .timeout(target.socketTimeout())
                            .POST(BodyPublishers.ofString(sql));
            if (!encoding.isEmpty()) {
                builder.header("Accept-Encoding", encoding);
            }
            HttpRequest request = builder.build();
            try {
                HttpResponse<InputStream> response = send(request);
                preferred = host;
                return checked(response);
            } catch (IOException failure) {
                if (!notConnected(failure)) {
                    throw failure;
                }
                refused = failure;
            }
        }
        throw refused;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        // A pooled connection remembers how its last body was handled: if that led back to the
        // client, the client would not be collected until the server closes the connection.
        Duration silence = target.socketTimeout();
        try {
            return client.send(request, info -> new ResponseBody(silence));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
    }

    private HttpResponse<InputStream> checked(HttpResponse<InputStream> response)
            throws IOException {
        int code = exceptionCode(response);
        if (response.statusCode() == 200 && code == 0) {
            return response;
        }
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_ERROR_TEXT);
            throw ServerFailure.parse(words(bytes, response), code, response.statusCode());
        }
    }

    /** The text of an error, which travels as the answer would have, or plain. */
    private String words(byte[] bytes, HttpResponse<?> response) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.contains("Code: ")) {
            try (InputStream plain = plain(new ByteArrayInputStream(bytes), response)) {
                return new String(plain.readNBytes(MAX_ERROR_TEXT), StandardCharsets.UTF_8);
            } catch (IOException | RuntimeException notCompressed) {
                // A proxy's own words, for example.
                return text;
            }
        }
        return text;
    }

    private static int exceptionCode(HttpResponse<?> response) {
        return response.headers()
                .firstValue("X-ClickHouse-Exception-Code")
                .map(Integer::parseInt)
                .orElse(0);
    }

    private HttpRequest.Builder request(int host, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        String base = (target.tls() ? "https://" : "http://") + target.hosts().get(host) + "/?";
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(URI.create(base + query));
        } catch (IllegalArgumentException malformed) {
            throw Problem.of(
                            ErrorCode.URI_SYNTAX,
                            "'" + target.hosts().get(host) + "' is not a host name.")
                    .at(target.place())
                    .remedy("Write host or host:port; several with commas between them.")
                    .toException();
        }
        login.forEach(builder::header);
        return builder;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether the request surely did not go out, because no connection came about. */
    public static boolean notConnected(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof java.net.UnknownHostException;
    }

    private static Map<String, String> login(ClickHouseTarget target) {
        if (target.credentials().isEmpty()) {
            return Map.of();
        }
        String user = References.resolve(target.credentials().user());
        String password = target.credentials().password().reveal();
        user = user.isEmpty() ? "default" : user;
        if (isPlain(user) && isPlain(password)) {
            return Map.of("X-ClickHouse-User", user, "X-ClickHouse-Key", password);
        }
        // A header holds printable ASCII only, and the client's refusal would print the value.
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }
}
