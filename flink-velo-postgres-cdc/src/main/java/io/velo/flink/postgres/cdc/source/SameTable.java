// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.sql.TableName;

/**
 * Tells a table from another one that has got its name: the server gives each a number of its own.
 * Stateless, therefore thread-safe.
 */
final class SameTable {

    private SameTable() {}

    /** Requires that the table which has the name now is the one that was captured so far. */
    static void require(CaptureSettings settings, TableName name, int known, int found) {
        if (known == found) {
            return;
        }
        throw Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "Table "
                                + name
                                + " was dropped or renamed, and another one was made under the same"
                                + " name (number "
                                + Integer.toUnsignedString(found)
                                + " instead of "
                                + Integer.toUnsignedString(known)
                                + "): changes may be missing.")
                .at(settings.database().place())
                .remedy("Start the job without its state, which reads the new table.")
                .toException();
    }
}
