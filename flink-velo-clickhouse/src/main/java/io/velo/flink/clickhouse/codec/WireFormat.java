// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The formats in which rows travel, with the settings that make values exact in both directions:
 * instants in UTC, no guessing of types, and one block per insert.
 */
public enum WireFormat {
    /** ClickHouse's own column format. */
    NATIVE("Native", "Native"),
    /** Rows in binary, behind the names and types of their columns. */
    ROWBINARY("RowBinaryWithNamesAndTypes", "RowBinaryWithNamesAndTypes"),
    /** One JSON object per row for inserts; answers name each column once. */
    JSON("JSONEachRow", "JSONCompactEachRowWithNamesAndTypes"),
    /** Tab-separated text; answers start with names and types. */
    TSV("TabSeparated", "TabSeparatedWithNamesAndTypes"),
    /** Apache Parquet: a file per insert and per answer. */
    PARQUET("Parquet", "Parquet"),
    /** Apache Arrow's stream of record batches. */
    ARROW("ArrowStream", "ArrowStream");

    /**
     * Settings without which answers cannot be read or texts change: who may not change them gets
     * no such format.
     */
    private static final Set<String> NEEDED =
            Set.of(
                    "date_time_input_format",
                    "date_time_output_format",
                    "precise_float_parsing",
                    "output_format_json_quote_denormals",
                    "output_format_json_validate_utf8",
                    "output_format_parquet_compression_method",
                    "output_format_parquet_max_dictionary_size",
                    "output_format_arrow_compression_method");

    /** More rows than a block has. */
    private static final String ALL_ROWS = "10000001";

    /** More bytes than a block has: 1 TiB. */
    private static final String NO_LIMIT = "1099511627776";

    private final String insertName;
    private final String answerName;

    WireFormat(String insertName, String answerName) {
        this.insertName = insertName;
        this.answerName = answerName;
    }

    /** Whether answers know plain types only, so that names of columns have to say the types. */
    public boolean carriesTypesInNames() {
        return this == PARQUET || this == ARROW;
    }

    /** The server's name of the format in which answers are asked for. */
    public String answerName() {
        return answerName;
    }

    /** The format that the statement of an insert ends with. */
    public static WireFormat ofStatement(String statement) {
        String name = statement.substring(statement.lastIndexOf(' ') + 1);
        for (WireFormat format : values()) {
            if (name.equals(format.insertName)) {
                return format;
            }
        }
        return name.startsWith("RowBinary") ? ROWBINARY : NATIVE;
    }

    /** The server's name of the format of inserts. */
    String insertName() {
        return insertName;
    }

    /**
     * Settings of inserts. Formats other than Native are cut into blocks by the server, so it must
     * neither read in parallel nor pass over rows that it cannot read.
     */
    public Map<String, String> insertSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (this == NATIVE) {
            return settings;
        }
        settings.put("input_format_parallel_parsing", "0");
        settings.put("input_format_allow_errors_num", "0");
        settings.put("input_format_allow_errors_ratio", "0");
        settings.put("max_insert_block_size", ALL_ROWS);
        settings.put("min_insert_block_size_rows", ALL_ROWS);
        settings.put("max_insert_block_size_bytes", "0");
        settings.put("input_format_max_block_size_bytes", "0");
        if (this == ROWBINARY) {
            settings.put("input_format_binary_read_json_as_string", "1");
            settings.put("input_format_with_types_use_header", "1");
            return settings;
        }
        settings.put("input_format_null_as_default", "1");
        settings.put("input_format_defaults_for_omitted_fields", "1");
        if (carriesTypesInNames()) {
            putColumnFormats(settings);
            return settings;
        }
        settings.put("date_time_input_format", "best_effort");
        settings.put("precise_float_parsing", "1");
        // Values of a Dynamic column are texts, also those that look like something else.
        settings.put("input_format_try_infer_dates", "0");
        settings.put("input_format_try_infer_datetimes", "0");
        settings.put("input_format_json_try_infer_numbers_from_strings", "0");
        settings.put("input_format_tsv_use_best_effort_in_schema_inference", "0");
        // A first row whose values are the columns' names is a row.
        settings.put("input_format_tsv_detect_header", "0");
        settings.put("input_format_tsv_skip_first_lines", "0");
        settings.put("input_format_tsv_skip_trailing_empty_lines", "0");
        settings.put("input_format_tsv_enum_as_number", "0");
        settings.put("input_format_tsv_empty_as_default", "0");
        settings.put("input_format_tsv_crlf_end_of_line", "0");
        settings.put("input_format_json_named_tuples_as_objects", "1");
        settings.put("input_format_json_map_as_array_of_tuples", "0");
        settings.put("format_tsv_null_representation", "\\N");
        return settings;
    }

    /** The file is one block, in its order. */
    private void putColumnFormats(Map<String, String> settings) {
        if (this == ARROW) {
            settings.put("input_format_arrow_case_insensitive_column_matching", "0");
            return;
        }
        settings.put("input_format_parquet_max_block_size", ALL_ROWS);
        settings.put("input_format_parquet_prefer_block_bytes", NO_LIMIT);
        settings.put("input_format_parquet_preserve_order", "1");
        settings.put("input_format_parquet_case_insensitive_column_matching", "0");
        settings.put("input_format_parquet_enable_json_parsing", "1");
    }

    /** Settings of queries. */
    public Map<String, String> answerSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (this == JSON || this == TSV) {
            settings.put("date_time_output_format", "iso");
            settings.put("interval_output_format", "numeric");
            settings.put("extremes", "0");
            settings.put("bool_true_representation", "true");
            settings.put("bool_false_representation", "false");
            settings.put("output_format_json_quote_denormals", "1");
            settings.put("output_format_json_named_tuples_as_objects", "0");
            settings.put("output_format_json_map_as_array_of_tuples", "0");
            settings.put("output_format_json_validate_utf8", "0");
            settings.put("output_format_tsv_crlf_end_of_line", "0");
            settings.put("format_tsv_null_representation", "\\N");
        }
        if (this == PARQUET) {
            settings.put("output_format_parquet_compression_method", "none");
            settings.put("output_format_parquet_max_dictionary_size", "0");
            settings.put("output_format_parquet_row_group_size", "65536");
            settings.put("output_format_parquet_row_group_size_bytes", "16777216");
            settings.put("output_format_parquet_fixed_string_as_fixed_byte_array", "1");
            // Nothing reads them: an answer is read once, from its start to its end.
            settings.put("output_format_parquet_write_bloom_filter", "0");
            settings.put("output_format_parquet_write_page_index", "0");
        }
        if (this == ARROW) {
            settings.put("output_format_arrow_compression_method", "none");
            settings.put("output_format_arrow_low_cardinality_as_dictionary", "0");
            settings.put("output_format_arrow_fixed_string_as_fixed_byte_array", "1");
        }
        return settings;
    }

    /**
     * A setting without which values would change on their way and that the user may not change, or
     * an empty text.
     *
     * @param wanted the settings of the statement
     * @param accepted those of them that the server takes
     */
    public static String refused(Map<String, String> wanted, Set<String> accepted) {
        return wanted.keySet().stream()
                .filter(name -> NEEDED.contains(name) && !accepted.contains(name))
                .findFirst()
                .orElse("");
    }
}
