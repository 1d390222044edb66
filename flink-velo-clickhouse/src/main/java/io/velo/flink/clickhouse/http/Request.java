// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A POST request. Immutable; can be sent several times.
 *
 * @param parameters what stands in the address
 * @param headers headers with values of printable ASCII characters
 * @param body the body, piece by piece
 */
record Request(Map<String, String> parameters, Map<String, String> headers, List<ByteBuffer> body) {

    /** A request whose body is a text. */
    static Request ofText(
            Map<String, String> parameters, Map<String, String> headers, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new Request(parameters, headers, List.of(bytes));
    }

    /**
     * What stands before the body.
     *
     * @param prefix what stands before the path: nothing, or for a proxy the server's origin
     */
    byte[] head(Endpoint endpoint, String prefix) {
        String query =
                parameters.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        StringBuilder head = new StringBuilder();
        head.append("POST ").append(prefix).append("/?").append(query).append(" HTTP/1.1\r\n");
        field(head, "Host", endpoint.authority());
        field(head, "User-Agent", "flink-velo");
        field(head, "Content-Length", Long.toString(length()));
        headers.forEach((name, value) -> field(head, name, value));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Says nothing, because the headers hold the password. */
    @Override
    public String toString() {
        return "Request";
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private long length() {
        return body.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
