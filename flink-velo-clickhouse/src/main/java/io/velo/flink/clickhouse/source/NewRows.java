// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

/**
 * A range of rows that came since the last one. Immutable.
 *
 * @param split reads them
 * @param cursor the table, the column that is followed and its type
 * @param last the greatest value of the cursor column in the range, as hexadecimal text
 * @param more whether the next range is there already
 */
record NewRows(ClickHouseSplit split, String cursor, String last, boolean more) {}
