// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.EncodedStream;
import io.velo.flink.clickhouse.codec.Lz4FrameStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ClickHouse says by status, headers and the text of an error. Immutable.
 *
 * @param compression in which form answers were asked for
 */
record ServerWords(Compression compression) {

    private static final int MAX_ERROR_TEXT = 8 << 10;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final String WRITTEN = "\"written_rows\":\"";

    /**
     * The response, if it is no error.
     *
     * @throws ServerFailure with what the server says otherwise
     */
    Response checked(Response response) throws IOException {
        ResponseHead head = response.head();
        int code =
                head.header("x-clickhouse-exception-code")
                        .map(ServerWords::number)
                        .orElse(0L)
                        .intValue();
        if (head.status() == 200 && code == 0) {
            return response;
        }
        byte[] bytes = response.body().readNBytes(MAX_ERROR_TEXT);
        throw ServerFailure.parse(words(bytes, head), code, head.status());
    }

    /** The text of an error, which travels as the answer would have, or plain. */
    private String words(byte[] bytes, ResponseHead head) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.contains("Code: ")) {
            try (InputStream plain = plain(new ByteArrayInputStream(bytes), head)) {
                return new String(plain.readNBytes(MAX_ERROR_TEXT), StandardCharsets.UTF_8);
            } catch (IOException | RuntimeException notCompressed) {
                // A proxy's own words, for example.
                return text;
            }
        }
        return text;
    }

    /** The bytes of a body, unpacked. */
    InputStream plain(InputStream body, ResponseHead head) {
        if (compression == Compression.LZ4) {
            return new Lz4FrameStream(body);
        }
        // A server that does not know the encoding, or may not use it, answers in plain bytes.
        return head.header("content-encoding")
                .filter(encoding -> encoding.equals(compression.answerEncoding()))
                .<InputStream>map(encoding -> new EncodedStream(body, encoding))
                .orElse(body);
    }

    /** The rows that an insert wrote, or -1 if the server does not say. */
    long written(Response response) throws IOException {
        try (InputStream nothing = response.body()) {
            // The connection is kept if the body was read, also an empty one.
            nothing.readNBytes(MAX_ERROR_TEXT);
        }
        String summary = response.head().header("x-clickhouse-summary").orElse("");
        int start = summary.indexOf(WRITTEN);
        int end = start < 0 ? -1 : summary.indexOf('"', start + WRITTEN.length());
        return end <= start + WRITTEN.length()
                ? -1
                : number(summary.substring(start + WRITTEN.length(), end));
    }

    /** The number at the start of a text: a proxy may have put several headers together. */
    private static long number(String text) {
        Matcher digits = DIGITS.matcher(text);
        return digits.lookingAt() ? Long.parseLong(digits.group()) : 0;
    }
}
