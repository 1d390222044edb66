// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first lines of an HTTP/1.1 response (RFC 9112). Immutable.
 *
 * @param status the status code
 * @param persistent whether the protocol's version keeps connections unless told otherwise
 * @param headers the headers, names in lower case, values of a repeated one with commas between
 */
record ResponseHead(int status, boolean persistent, Map<String, String> headers) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.(\\d) (\\d{3})(?: .*)?");
    private static final Pattern KEPT = Pattern.compile("timeout=(\\d{1,6})");
    private static final int MOST_HEADERS = 1 << 10;
    private static final int MOST_ANNOUNCED = 8;

    /** Reads a head, and passes over those that only announce it. */
    static ResponseHead read(ConnectionInput in) throws IOException {
        ResponseHead head = one(in);
        for (int announced = 0; head.status / 100 == 1; announced++) {
            if (announced == MOST_ANNOUNCED) {
                throw new IOException("What answers announces an answer again and again.");
            }
            head = one(in);
        }
        return head;
    }

    private static ResponseHead one(ConnectionInput in) throws IOException {
        Matcher status = STATUS.matcher(in.line());
        if (!status.matches()) {
            throw new IOException("What answers does not speak HTTP/1.1.");
        }
        return new ResponseHead(
                Integer.parseInt(status.group(2)), !status.group(1).equals("0"), fields(in));
    }

    /** Reads the lines of a head, or those behind a body in chunks, up to the empty one. */
    static Map<String, String> fields(ConnectionInput in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        String line = in.line();
        for (int lines = 0; !line.isEmpty(); lines++) {
            int colon = line.indexOf(':');
            if (colon <= 0 || lines == MOST_HEADERS) {
                throw new IOException("What answers does not speak HTTP/1.1.");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (first, next) -> first + ", " + next);
            line = in.line();
        }
        return headers;
    }

    /** The value of a header, whose name is in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the body comes in chunks. */
    boolean isChunked() throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "");
        if (!coding.isEmpty() && !coding.equalsIgnoreCase("chunked")) {
            throw new IOException("The answer has an unknown transfer encoding.");
        }
        return !coding.isEmpty();
    }

    /** The bytes of a body that is not in chunks, or -1 if it goes on until the connection ends. */
    long bodyLength() throws IOException {
        if (status == 204 || status == 304) {
            return 0;
        }
        try {
            long length = Long.parseLong(headers.getOrDefault("content-length", "-1"));
            if (length >= 0 || !headers.containsKey("content-length")) {
                return length;
            }
        } catch (NumberFormatException notOne) {
            // The sentence below says it.
        }
        throw new IOException("The answer has an impossible length.");
    }

    /** How long the server keeps the connection after this response; zero for not at all. */
    Duration kept() {
        String word = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        if (word.contains("close") || !persistent && !word.contains("keep-alive")) {
            return Duration.ZERO;
        }
        Matcher seconds = KEPT.matcher(headers.getOrDefault("keep-alive", ""));
        return Duration.ofSeconds(seconds.find() ? Long.parseLong(seconds.group(1)) : 60);
    }
}
