// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transports of one reader, one for each server that it reads from. They outlive the split
 * readers, of which an incremental scan has a new one for every range. Thread-safe.
 */
final class Transports {

    private final Map<ClickHouseTarget, HttpTransport> open = new ConcurrentHashMap<>();

    /** The transport to this target. */
    HttpTransport to(ClickHouseTarget target) {
        return open.computeIfAbsent(target, HttpTransport::new);
    }
}
