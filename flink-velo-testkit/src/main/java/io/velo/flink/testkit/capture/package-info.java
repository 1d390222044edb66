// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Proof that change data capture from PostgreSQL loses and doubles nothing: random tables, random
 * transactions, a Flink job that records what it sees exactly once, and a comparison with the table
 * itself and with Debezium. {@link io.velo.flink.testkit.capture.CaptureRun} puts them together.
 */
package io.velo.flink.testkit.capture;
