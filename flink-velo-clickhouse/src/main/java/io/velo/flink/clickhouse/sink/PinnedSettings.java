// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Server settings that users may not set by {@code setting.x}, because Velo relies on them. */
public final class PinnedSettings {

    private static final List<String> NAMES =
            List.of(
                    "async_insert",
                    "wait_for_async_insert",
                    "insert_deduplicate",
                    "deduplicate_insert",
                    "insert_deduplication_token",
                    "deduplicate_blocks_in_dependent_materialized_views",
                    "max_insert_threads",
                    "input_format_native_allow_types_conversion",
                    "low_cardinality_allow_in_native_format",
                    "output_format_native_write_json_as_string",
                    "http_write_exception_in_output_format",
                    "wait_end_of_query",
                    "query_id",
                    "query",
                    "database",
                    "default_format",
                    "distributed_ddl_output_mode",
                    "compress",
                    "decompress",
                    "user",
                    "password");

    private PinnedSettings() {}

    /** Adds a problem for each setting that is pinned. */
    public static void check(Collection<String> settings, Problems problems) {
        for (String setting : settings) {
            if (NAMES.contains(setting) || ofFormats(setting)) {
                problems.add(
                        Problem.of(
                                        ErrorCode.OPTION_CONFLICT,
                                        "Setting '"
                                                + setting
                                                + "' cannot be given: Velo sets it itself.")
                                .remedy("Remove setting." + setting + "."));
            }
        }
    }

    private static boolean ofFormats(String setting) {
        return Arrays.stream(WireFormat.values())
                .anyMatch(
                        format ->
                                format.insertSettings().containsKey(setting)
                                        || format.answerSettings().containsKey(setting));
    }
}
