// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known about a server before a statement is sent to it. Immutable, therefore
 * thread-safe.
 *
 * @param version the version, such as 26.7.2.1
 * @param zone the server's time zone
 * @param changeable names of the settings asked for that the server knows and that this user may
 *     change
 */
public record ServerMeta(String version, ZoneId zone, Set<String> changeable) {

    /**
     * Asks the server.
     *
     * @param settings the settings that somebody wants to send
     */
    public static ServerMeta read(HttpTransport transport, Set<String> settings)
            throws IOException {
        List<List<String>> rows =
                transport.rowsWithoutDatabase(
                        "SELECT version(), timezone(), '' UNION ALL SELECT name, '', 'setting' FROM"
                                + " system.settings WHERE readonly = 0 AND name IN ("
                                + Sql.texts(settings.isEmpty() ? Set.of("") : settings)
                                + ") FORMAT TabSeparated");
        Set<String> names = new HashSet<>();
        String version = "";
        ZoneId zone = ZoneId.of("UTC");
        for (List<String> row : rows) {
            if (row.get(2).isEmpty()) {
                version = row.get(0);
                zone = ZoneId.of(row.get(1));
            } else {
                names.add(row.get(0));
            }
        }
        return new ServerMeta(version, zone, Set.copyOf(names));
    }

    /** Those of the settings that the server takes from this user. */
    public Map<String, String> accepted(Map<String, String> settings) {
        Map<String, String> kept = new HashMap<>(settings);
        kept.keySet().retainAll(changeable);
        return kept;
    }
}
