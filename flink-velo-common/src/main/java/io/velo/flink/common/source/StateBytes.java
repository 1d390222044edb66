// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the formats of checkpointed state share. Stateless, therefore thread-safe. */
public final class StateBytes {

    private static final int LONGEST_TEXT = 1 << 28;
    private static final int FIRST_CHUNK = 1 << 16;

    private StateBytes() {}

    /** Writes a text of any length: DataOutput's own way ends at 64 KiB. */
    public static void writeText(String text, DataOutputView out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads what {@link #writeText} wrote.
     *
     * @throws IOException if the length is impossible or the text ends before it
     */
    public static String readText(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("A text of " + length + " bytes is not possible.");
        }
        // A corrupt length must not allocate more than there is.
        byte[] bytes = new byte[Math.min(length, FIRST_CHUNK)];
        int have = 0;
        while (have < length) {
            if (have == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, Math.min(length, bytes.length * 2));
            }
            int some = Math.min(bytes.length, length) - have;
            in.readFully(bytes, have, some);
            have += some;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Refuses state that a newer version wrote.
     *
     * @param version the version of the state
     * @param newest the newest one that is known
     * @throws IOException that says which version to restore it with
     */
    public static void check(int version, int newest) throws IOException {
        if (version < 1 || version > newest) {
            throw new IOException(
                    "The state has version "
                            + version
                            + ", but this version of Velo knows 1 to "
                            + newest
                            + ": restore it with the version that wrote it, or a newer one.");
        }
    }
}
