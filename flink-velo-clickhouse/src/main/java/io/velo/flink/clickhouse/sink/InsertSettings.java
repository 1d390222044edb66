// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.FormatRefusal;
import io.velo.flink.clickhouse.meta.ServerMeta;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The settings of an insert. Only those go out that the server knows and lets this user change.
 * Immutable, therefore thread-safe.
 */
final class InsertSettings {

    /** What users may not set, because the sink relies on it. */
    private static final Map<String, String> PINNED =
            Map.of(
                    // On by default since 26.3; an acknowledgement must mean that rows are stored.
                    "async_insert", "0",
                    "insert_deduplicate", "1",
                    // Since 26.2, and then it outranks the former.
                    "deduplicate_insert", "enable",
                    "deduplicate_blocks_in_dependent_materialized_views", "1",
                    // Several threads would cut the block, and with it the token.
                    "max_insert_threads", "1",
                    "input_format_native_allow_types_conversion", "1");

    private static final Map<String, String> DISTRIBUTED =
            Map.of("distributed_foreground_insert", "1", "insert_distributed_sync", "1");

    /** A block that is read by a SELECT must be recognized as one that is not. */
    private static final Map<String, String> SELECTED =
            Map.of("deduplicate_insert_select", "force_enable");

    private static final String TOKEN = "insert_deduplication_token";
    private static final String COMMENT = "log_comment";

    private final Map<String, String> fixed;
    private final boolean takesToken;
    private final Set<String> changeable;

    InsertSettings(ServerMeta server, boolean distributed, boolean selects, String title) {
        Map<String, String> wanted = new HashMap<>(PINNED);
        if (distributed) {
            // Both names of one setting: old servers know the second only.
            boolean old = !server.changeable().contains("distributed_foreground_insert");
            String name = old ? "insert_distributed_sync" : "distributed_foreground_insert";
            wanted.put(name, "1");
        }
        if (selects) {
            wanted.putAll(SELECTED);
        }
        wanted.put(COMMENT, "velo sink " + title);
        this.fixed = Map.copyOf(server.accepted(wanted));
        this.changeable = server.changeable();
        this.takesToken = changeable.contains(TOKEN);
    }

    /**
     * Checks that blocks in this target's format are read as they were meant.
     *
     * @throws io.velo.flink.common.error.VeloException if a setting that they need is fixed
     */
    static void check(ServerMeta server, ClickHouseTarget target) {
        WireFormat format = target.format();
        FormatRefusal.check(format, format.insertSettings(), server.changeable(), target.place());
    }

    /** All settings that may be sent. */
    static Set<String> names() {
        Map<String, String> all = new HashMap<>(PINNED);
        all.putAll(DISTRIBUTED);
        all.putAll(SELECTED);
        all.put(TOKEN, "");
        all.put(COMMENT, "");
        for (WireFormat format : WireFormat.values()) {
            all.putAll(format.insertSettings());
        }
        return all.keySet();
    }

    /**
     * Settings of one attempt to insert the block of this token. The statement names the block's
     * format, which may be that of an earlier run of the job.
     */
    Map<String, String> of(String statement, String token, int attempt) {
        Map<String, String> settings = new LinkedHashMap<>(fixed);
        if (!statement.contains(" FROM input(")) {
            settings.keySet().removeAll(SELECTED.keySet());
        }
        WireFormat.ofStatement(statement)
                .insertSettings()
                .forEach(
                        (name, value) -> {
                            if (changeable.contains(name)) {
                                settings.put(name, value);
                            }
                        });
        if (takesToken) {
            settings.put(TOKEN, token);
        }
        settings.put("query_id", token + "/" + attempt);
        return settings;
    }
}
