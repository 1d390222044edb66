// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.util.Locale;

/** What a failure means for the one who thinks of trying again. A scheme decides it. */
public enum FailureClass {
    /** Passes by itself: the server is away, starting, full or too busy. */
    TRANSIENT(Integer.MAX_VALUE),
    /** May pass, but usually lasts: tried three times in all. */
    DOUBTFUL(3),
    /** Lasts until somebody acts: wrong password, missing privilege or table, bad settings. */
    PERMANENT(1),
    /** Lies in the row: it would fail again, while others go through. */
    DATA(1);

    private final int mostAttempts;

    FailureClass(int mostAttempts) {
        this.mostAttempts = mostAttempts;
    }

    /** How many attempts such a failure is worth, the first one included. */
    public int mostAttempts() {
        return mostAttempts;
    }

    /** The word for it in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
