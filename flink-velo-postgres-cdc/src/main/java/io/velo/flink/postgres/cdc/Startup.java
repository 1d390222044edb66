// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** Where reading begins when the job has no state. */
public enum Startup {
    /** With the rows that are there, then with every change since. */
    INITIAL,
    /** With the rows that are there, and ends behind them; needs no slot. */
    SNAPSHOT,
    /** With the changes that commit after the slot is made. */
    LATEST,
    /** With the changes that an existing slot has kept. */
    COMMITTED
}
