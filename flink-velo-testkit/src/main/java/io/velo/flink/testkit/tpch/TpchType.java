// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

/** What kind of values a column of TPC-H holds. No column takes NULL. */
public enum TpchType {
    /** A key: 64-bit integer. */
    LONG,
    /** 32-bit integer. */
    INT,
    /** Decimal number of 15 digits, 2 of them behind the point. */
    DECIMAL,
    /** A day. */
    DATE,
    /** Text in ASCII. */
    TEXT
}
