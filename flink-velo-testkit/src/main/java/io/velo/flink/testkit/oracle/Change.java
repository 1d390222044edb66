// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/**
 * One change of a row.
 *
 * @param operation what happens
 * @param row the new row; of a DELETE the row that goes
 * @param before the row that an UPDATE replaces; null otherwise
 */
public record Change(Operation operation, Version row, Version before) {}
