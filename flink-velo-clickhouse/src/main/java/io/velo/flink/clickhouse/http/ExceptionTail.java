// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Remembers the last bytes of an answer, because ClickHouse reports an error that happens after the
 * first byte inside the body of a successful answer.
 *
 * <p>Servers from 25.11 on frame it: {@code __exception__}, a tag that they announced in a header,
 * the message, its length, the tag and {@code __exception__} again. Older ones write the bare
 * message. Not thread-safe.
 */
final class ExceptionTail extends BulkStream {

    private static final int KEPT = 1 << 15;
    private static final int DRAINED = 1 << 20;
    private static final String MARK = "__exception__";
    private static final String VERSION = "(version ";

    private final InputStream in;
    private final byte[] ring = new byte[KEPT];
    private final String tag;
    private long seen;

    /** Watches the stream; the tag is empty for servers that announce none. */
    ExceptionTail(InputStream in, String tag) {
        this.in = in;
        this.tag = tag;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            remember(target, offset, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void remember(byte[] source, int offset, int count) {
        int kept = Math.min(count, KEPT);
        int from = offset + count - kept;
        int at = (int) ((seen + count - kept) % KEPT);
        int first = Math.min(kept, KEPT - at);
        System.arraycopy(source, from, ring, at, first);
        System.arraycopy(source, from + first, ring, 0, kept - first);
        seen += count;
    }

    /** The framed error at the end of what was read, if there is one. */
    Optional<ServerFailure> framed() {
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        String tail = tail();
        int start = tail.lastIndexOf(MARK + "\r\n" + tag + "\r\n");
        if (start < 0) {
            return Optional.empty();
        }
        String words = tail.substring(start + MARK.length() + tag.length() + 4);
        int end = words.indexOf(tag);
        return Optional.of(failure(end < 0 ? words : words.substring(0, end)));
    }

    /**
     * The error at the end of a stream whose bytes have all been read. Servers that announce no tag
     * write the bare message, which ends with their version.
     */
    Optional<ServerFailure> atEnd() {
        if (!tag.isEmpty()) {
            return framed();
        }
        String words = tail().stripTrailing();
        int start = words.lastIndexOf(". DB::Exception: ");
        int code = start < 0 ? -1 : words.lastIndexOf("Code: ", start);
        boolean last = code >= 0 && words.indexOf(VERSION, start) > 0 && words.endsWith(")");
        return last ? Optional.of(failure(words.substring(code))) : Optional.empty();
    }

    /** The error in what is left, for a stream that could not be decoded. */
    Optional<ServerFailure> afterBreak() {
        drain();
        Optional<ServerFailure> framed = framed();
        if (framed.isPresent()) {
            return framed;
        }
        String tail = tail();
        int start = tail.lastIndexOf("DB::Exception");
        int code = start < 0 ? -1 : tail.lastIndexOf("Code: ", start);
        return code < 0 ? Optional.empty() : Optional.of(failure(tail.substring(code)));
    }

    private static ServerFailure failure(String words) {
        int end = words.lastIndexOf(')');
        return ServerFailure.parse(end < 0 ? words : words.substring(0, end + 1), 0, 200);
    }

    private void drain() {
        byte[] scratch = new byte[1 << 13];
        int left = DRAINED;
        try {
            int count = 0;
            while (left > 0 && count >= 0) {
                count = read(scratch, 0, scratch.length);
                left -= Math.max(count, 0);
            }
        } catch (IOException | RuntimeException ignored) {
            // Whatever ends the rest, the bytes before it are what counts.
        }
    }

    private String tail() {
        int length = (int) Math.min(seen, KEPT);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((seen - length + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
