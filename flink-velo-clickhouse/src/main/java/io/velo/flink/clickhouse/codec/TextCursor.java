// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** Goes over the texts of a column, each behind its length. Not thread-safe. */
final class TextCursor {

    private final byte[] data;
    private int next;
    private int start;
    private int length;

    TextCursor(byte[] data) {
        this.data = data;
    }

    /** Goes to the text of this index, which is not before the current one. */
    void goTo(int index) {
        while (next <= index) {
            take();
        }
    }

    private void take() {
        int at = start + length;
        int value = 0;
        int shift = 0;
        int part;
        do {
            part = data[at++];
            value |= (part & 0x7F) << shift;
            shift += 7;
        } while (part < 0);
        start = at;
        length = value;
        next++;
    }

    /** Where the current text starts. */
    int start() {
        return start;
    }

    /** Bytes of the current text. */
    int length() {
        return length;
    }
}
