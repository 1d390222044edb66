// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/** The text of a row: different for each, and with what formats and protocols stumble over. */
final class Payload {

    private static final String[] HOSTILE = {
        "",
        "'",
        "\"",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "\t",
        ",",
        ";",
        "{\"a\":[1]}",
        "%s",
        "${x}",
        "é",
        "日本",
        "😀",
        " ",
        "--",
        "/*",
        "\\N",
        "null"
    };

    private Payload() {}

    static String of(long seed, int writer, long sequence) {
        long bits = mix(mix(seed + writer) + sequence);
        String hostile = HOSTILE[(int) Long.remainderUnsigned(bits, HOSTILE.length)];
        return "w" + writer + "s" + sequence + hostile + Long.toHexString(bits >>> 32);
    }

    /** The last steps of the SplitMix64 generator: every bit depends on all. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
