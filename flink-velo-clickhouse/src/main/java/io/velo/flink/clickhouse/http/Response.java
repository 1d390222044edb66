// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

/**
 * What a server answered.
 *
 * @param from who answered
 * @param head the status and the headers
 * @param body the body, which comes as it is read
 */
record Response(Endpoint from, ResponseHead head, ResponseBody body) {}
