// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** What becomes of a large value that did not change and that the server therefore did not send. */
public enum UnchangedToast {
    /** The job fails and says how to have it sent. */
    FAIL,
    /** NULL, and the column is named in the metadata column unchanged_columns. */
    METADATA,
    /** It is read from the table by key: the value of a later moment. */
    RESELECT
}
