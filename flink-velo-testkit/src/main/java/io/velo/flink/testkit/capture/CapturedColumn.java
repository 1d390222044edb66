// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

/** A column of a random table that the job reads. */
record CapturedColumn(String name, ColumnKind kind) {

    /** The name in SQL. */
    String quoted() {
        return "\"" + name + "\"";
    }
}
