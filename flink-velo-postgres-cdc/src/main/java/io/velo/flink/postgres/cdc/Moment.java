// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import java.util.function.BiConsumer;

/**
 * Moments of a capture at which an observer can hold it: between two of them lie the windows in
 * which other transactions could be lost. Nobody observes unless a test does. Thread-safe.
 */
public enum Moment {
    /** The slot is made, what it leaves out may not be visible yet. */
    SLOT_CREATED,
    /** The ranges of the tables are known, none is read yet. */
    CHUNKS_PLANNED,
    /** A range has its snapshot, nothing of it was read. */
    CHUNK_SNAPSHOT,
    /** All rows of a range were read, its transaction is still open. */
    CHUNK_READ,
    /** The changes are to be read, and another process reads the slot. */
    SLOT_IN_USE,
    /** The slot was found to have what is wanted, it is not read yet. */
    SLOT_CHECKED,
    /** A checkpoint has completed, the server was not told yet. */
    BEFORE_ACKNOWLEDGE;

    private static final BiConsumer<Moment, String> NOBODY = (moment, detail) -> {};

    private static volatile BiConsumer<Moment, String> observer = NOBODY;

    /** Lets an observer run in the thread that reaches a moment. */
    public static void observe(BiConsumer<Moment, String> by) {
        observer = by;
    }

    /** Ends the observation. */
    public static void observeNoMore() {
        observer = NOBODY;
    }

    /** The moment has come; the detail names the slot or the range. */
    public void reached(String detail) {
        observer.accept(this, detail);
    }
}
