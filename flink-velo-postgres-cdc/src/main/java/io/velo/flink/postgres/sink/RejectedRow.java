// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.sql.SQLException;

/**
 * A row that the server does not take, while others of its batch went through.
 *
 * @param row its number in the batch
 * @param error why
 */
record RejectedRow(int row, SQLException error) {}
