// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.secret.Credentials;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a ClickHouse database is and how to talk to it. Immutable, therefore thread-safe;
 * serializable, the password unread.
 *
 * @param hosts {@code host:port} of the HTTP interface, tried in this order, at least one
 * @param tls whether to use HTTPS
 * @param credentials the login, empty for the server's default user
 * @param database the database
 * @param compression how blocks travel
 * @param format in which format rows travel
 * @param settings server settings that the user wants on every statement
 * @param socketTimeout the longest silence of the server while it answers a query
 * @param insertTimeout the longest an insert may take from first byte to acknowledgement
 * @param place the redacted URI, for messages
 */
public record ClickHouseTarget(
        List<String> hosts,
        boolean tls,
        Credentials credentials,
        String database,
        Compression compression,
        WireFormat format,
        Map<String, String> settings,
        Duration socketTimeout,
        Duration insertTimeout,
        String place)
        implements Serializable {

    public ClickHouseTarget {
        hosts = List.copyOf(hosts);
        settings = Map.copyOf(settings);
    }

    /** Another database on other servers, reached in the same way. */
    public ClickHouseTarget on(List<String> otherHosts, String otherDatabase) {
        return new ClickHouseTarget(
                otherHosts,
                tls,
                credentials,
                otherDatabase,
                compression,
                format,
                settings,
                socketTimeout,
                insertTimeout,
                place);
    }

    /** The same target with another format. */
    public ClickHouseTarget withFormat(WireFormat other) {
        return new ClickHouseTarget(
                hosts,
                tls,
                credentials,
                database,
                compression,
                other,
                settings,
                socketTimeout,
                insertTimeout,
                place);
    }

    /** The same target with another longest silence. */
    public ClickHouseTarget withSocketTimeout(Duration timeout) {
        return new ClickHouseTarget(
                hosts,
                tls,
                credentials,
                database,
                compression,
                format,
                settings,
                timeout,
                insertTimeout,
                place);
    }
}
