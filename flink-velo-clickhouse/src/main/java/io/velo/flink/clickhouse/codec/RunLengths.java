// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * The hybrid of runs and packed bits in which Parquet writes levels: a header whose lowest bit is 0
 * and a value, or one whose lowest bit is 1 and groups of eight values packed from the lowest bit.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
 */
final class RunLengths {

    /** Values of a group of packed bits; a run has at least as many. */
    private static final int GROUP = 8;

    private RunLengths() {}

    /** Bits that a value up to this one has. */
    static int bits(int greatest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
    }

    /** Appends the values, each of that many bits, up to 8. */
    static void encode(byte[] values, int count, int bits, WireBuffer out) {
        int at = 0;
        while (at < count) {
            int run = run(values, at, count);
            if (run >= GROUP) {
                out.putVarint((long) run << 1);
                out.putByte(values[at]);
                at += run;
                continue;
            }
            int end = at;
            while (end < count && run(values, end, count) < GROUP) {
                end += GROUP;
            }
            pack(values, at, Math.min(end, count), (end - at) / GROUP, bits, out);
            at = end;
        }
    }

    private static int run(byte[] values, int from, int count) {
        int at = from + 1;
        while (at < count && values[at] == values[from]) {
            at++;
        }
        return at - from;
    }

    private static void pack(
            byte[] values, int from, int to, int groups, int bits, WireBuffer out) {
        out.putVarint((long) groups << 1 | 1);
        for (int group = 0; group < groups; group++) {
            long packed = 0;
            for (int i = 0; i < GROUP; i++) {
                int at = from + group * GROUP + i;
                long value = at < to ? values[at] : 0;
                packed |= value << i * bits;
            }
            for (int i = 0; i < bits; i++) {
                out.putByte((int) (packed >>> GROUP * i));
            }
        }
    }

    /**
     * Reads values of that many bits, up to 8.
     *
     * @param from where the runs start
     * @param to where they end at the latest
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if there are too few of
     *     them, or one is greater than the greatest
     */
    static void decode(
            byte[] source, int from, int to, int greatest, byte[] target, int start, int count) {
        int bits = bits(greatest);
        int at = from;
        int done = 0;
        while (done < count) {
            int header = 0;
            int next;
            int shift = 0;
            do {
                if (at >= to || shift > 28) {
                    throw broken();
                }
                next = source[at++];
                header |= (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
            int many = header >>> 1;
            if ((header & 1) == 0) {
                int value = at < to ? source[at++] & 0xFF : -1;
                if (value < 0 || value > greatest || many == 0) {
                    throw broken();
                }
                int some = Math.min(many, count - done);
                java.util.Arrays.fill(target, start + done, start + done + some, (byte) value);
                done += some;
                continue;
            }
            for (int group = 0; group < many && done < count; group++) {
                if (to - at < bits) {
                    throw broken();
                }
                long packed = 0;
                for (int i = 0; i < bits; i++) {
                    packed |= (source[at++] & 0xFFL) << GROUP * i;
                }
                for (int i = 0; i < GROUP && done < count; i++) {
                    long value = packed >>> i * bits & (1L << bits) - 1;
                    if (value > greatest) {
                        throw broken();
                    }
                    target[start + done++] = (byte) value;
                }
            }
            if (many == 0) {
                throw broken();
            }
        }
    }

    private static RuntimeException broken() {
        return WireInput.broken("holds levels that are none");
    }
}
