// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.meta.ServerMeta;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an insert must not leave to the defaults of a server or a user. */
class InsertSettingsTest {

    private static final ServerMeta SERVER =
            new ServerMeta("26.7", ZoneId.of("UTC"), InsertSettings.names());

    @Test
    void everyInsertIsAcknowledgedWhenItIsStoredAndKnownByItsToken() {
        Map<String, String> sent =
                new InsertSettings(SERVER, false, false, "db.t")
                        .of("INSERT INTO t FORMAT Native", "token", 2);
        assertThat(sent)
                .containsEntry("async_insert", "0")
                .containsEntry("insert_deduplicate", "1")
                .containsEntry("deduplicate_insert", "enable")
                .containsEntry("deduplicate_blocks_in_dependent_materialized_views", "1")
                .containsEntry("max_insert_threads", "1")
                .containsEntry("insert_deduplication_token", "token")
                .containsEntry("query_id", "token/2")
                .doesNotContainKey("deduplicate_insert_select")
                .doesNotContainKey("distributed_foreground_insert");
    }

    @Test
    void anInsertIntoADistributedTableWaitsForItsShards() {
        Map<String, String> sent =
                new InsertSettings(SERVER, true, false, "db.t")
                        .of("INSERT INTO t FORMAT Native", "token", 1);
        assertThat(sent).containsEntry("distributed_foreground_insert", "1");
    }
}
