// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** In which form the server sends values of changes. */
public enum WireFormat {
    /** Binary where every captured column can be read so, otherwise text. */
    AUTO,
    /** Binary. */
    BINARY,
    /** Text. */
    TEXT
}
