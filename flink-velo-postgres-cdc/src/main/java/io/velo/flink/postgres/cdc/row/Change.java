// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

/** What happened to a row, as far as it is not shown already by the rows that were read before. */
public enum Change {
    /** It is new. */
    INSERT,
    /** Its values changed, its key did not. */
    UPDATE,
    /** Its key changed. */
    KEY_UPDATE,
    /** Its key changed, and only its end under the old key is news. */
    KEY_UPDATE_OLD,
    /** Its key changed, and only its begin under the new key is news. */
    KEY_UPDATE_NEW,
    /** It is gone. */
    DELETE
}
