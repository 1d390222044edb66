// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.FormatRefusal;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.DictionaryReader;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupConnection;
import io.velo.flink.common.lookup.LookupServer;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * One ClickHouse server that answers lookups. Immutable, therefore thread-safe.
 *
 * @param plan the columns that the lookup returns
 * @param keys those of them that the join compares
 * @param target the server
 * @param dictionary the dictionary that answers instead of the table, or empty
 */
record ClickHouseLookupServer(
        ScanPlan plan, KeyColumns keys, ClickHouseTarget target, String dictionary)
        implements LookupServer<KeyValues> {

    private static final long serialVersionUID = 1L;

    /** A request of many long keys is longer than a query may be by default. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "max_query_size", "67108864",
                    "max_ast_elements", "1000000",
                    "max_expanded_ast_elements", "5000000",
                    "http_write_exception_in_output_format", "0");

    @Override
    public String endpoint() {
        return "clickhouse://" + String.join(",", target.hosts()) + "/" + target.database();
    }

    @Override
    public LookupConnection<KeyValues> connect() {
        HttpTransport transport = new HttpTransport(target);
        try {
            Map<String, String> wanted = new HashMap<>(SETTINGS);
            wanted.putAll(target.format().answerSettings());
            ServerMeta server = ServerMeta.read(transport, wanted.keySet());
            Map<String, String> settings = server.accepted(wanted);
            FormatRefusal.check(target.format(), wanted, settings.keySet(), target.place());
            String written = plan.reading().timezone();
            ZoneId zone = written.isEmpty() ? server.zone() : ZoneId.of(written);
            return new ClickHouseLookupConnection(transport, query(transport, zone), settings);
        } catch (IOException failure) {
            throw Explanation.of(
                    failure, "Looking up " + plan.title(), transport.host(), target.place());
        }
    }

    private LookupQuery query(HttpTransport transport, ZoneId zone) throws IOException {
        return dictionary.isEmpty()
                ? LookupQuery.of(plan, keys, PlannedTable.read(transport, plan.object()), zone)
                : new DictionaryQuery(
                                plan,
                                keys,
                                new DictionaryReader(transport).read(target.database(), dictionary))
                        .query(zone);
    }
}
