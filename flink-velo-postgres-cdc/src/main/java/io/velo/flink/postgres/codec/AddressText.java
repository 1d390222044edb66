// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/**
 * Prints internet addresses in PostgreSQL's form: the longest run of zero words of an IPv6 address
 * is shortened to {@code ::}, an embedded IPv4 address keeps its points.
 */
final class AddressText {

    private static final int WORDS = 8;

    private AddressText() {}

    static void appendIpv4(StringBuilder text, byte[] bytes, int offset) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                text.append('.');
            }
            text.append(bytes[offset + i] & 0xFF);
        }
    }

    static void appendIpv6(StringBuilder text, byte[] bytes, int offset) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < WORDS; i++) {
            int length = zeros(bytes, offset, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
            i += length;
        }
        for (int i = 0; i < WORDS; ) {
            if (i == runStart) {
                text.append(i == 0 ? "::" : ":");
                i += runLength;
                if (i < WORDS && embedsIpv4(runStart, runLength, bytes, offset)) {
                    appendEmbedded(text, bytes, offset, i);
                    return;
                }
                continue;
            }
            text.append(Integer.toHexString(word(bytes, offset, i)));
            i++;
            if (i < WORDS) {
                text.append(':');
            }
        }
    }

    /** Words 0–4 zero and word 5 all ones, or words 0–5 zero: the last two are an IPv4 address. */
    private static boolean embedsIpv4(int runStart, int runLength, byte[] bytes, int offset) {
        return runStart == 0
                && (runLength == 6 || runLength == 5 && word(bytes, offset, 5) == 0xFFFF);
    }

    private static void appendEmbedded(StringBuilder text, byte[] bytes, int offset, int next) {
        if (next == 5) {
            text.append("ffff:");
        }
        appendIpv4(text, bytes, offset + 12);
    }

    private static int zeros(byte[] bytes, int offset, int from) {
        int end = from;
        while (end < WORDS && word(bytes, offset, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int word(byte[] bytes, int offset, int index) {
        return Bytes.int2(bytes, offset + 2 * index) & 0xFFFF;
    }
}
