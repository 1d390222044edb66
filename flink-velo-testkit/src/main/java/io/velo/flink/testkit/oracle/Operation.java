// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/** What a change does to the row of its key. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE
}
