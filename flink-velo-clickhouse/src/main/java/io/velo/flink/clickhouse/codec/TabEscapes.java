// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** The escapes of TabSeparated. */
final class TabEscapes {

    private TabEscapes() {}

    /** The letter that stands for this byte behind a backslash, or 0 if it stands for itself. */
    static int letter(byte value) {
        return switch (value) {
            case 0 -> '0';
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '\'' -> '\'';
            case '\\' -> '\\';
            default -> 0;
        };
    }

    /** The byte for which this letter stands behind a backslash: itself if it has no meaning. */
    static int meaning(int letter) {
        return switch (letter) {
            case '0' -> 0;
            case 'a' -> 7;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 11;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'e' -> 27;
            default -> letter;
        };
    }
}
