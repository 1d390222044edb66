// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import java.util.Locale;

/** What made a batch go out. */
public enum SealReason {
    /** It has enough rows. */
    ROWS,
    /** It has enough bytes. */
    BYTES,
    /** Its first row waited long enough. */
    TIME,
    /** A checkpoint needs all rows written. */
    CHECKPOINT,
    /** The input has ended. */
    END;

    /** The word for it in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
