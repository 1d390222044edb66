// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.option;

import io.velo.flink.common.secret.Secret;
import java.time.Duration;
import java.util.List;

/**
 * The options that mean the same for every scheme. Those of {@link #FRONT_DESK} are handled before
 * a scheme is asked and hold for all; the others a scheme lists in its spec if it does what they
 * say. What neither does is refused as not built.
 */
public final class CommonOptions {

    /** How a sink delivers. */
    public enum DeliveryGuarantee {
        /** No row is lost; after a failure rows may be written twice. */
        AT_LEAST_ONCE,
        /** Each row has its effect once, also after a failure. */
        EXACTLY_ONCE
    }

    /** How watermarks follow the event time. */
    public enum WatermarkStrategy {
        /** The watermark trails the greatest time seen by a fixed span. */
        BOUNDED_OUT_OF_ORDERNESS,
        /** Times never go backwards. */
        ASCENDING,
        /** No watermark. */
        NONE
    }

    /** The user name. */
    public static final SchemeOption<String> USERNAME =
            SchemeOption.of(
                    "username", ValueKind.TEXT, "User name, instead of user:password@ in the URI.");

    /** The password. */
    public static final SchemeOption<Secret> PASSWORD =
            SchemeOption.of(
                    "password",
                    ValueKind.SECRET,
                    "Password or a reference to it, such as ${env:VELO_PASSWORD}.");

    /** The config file with named sources. */
    public static final SchemeOption<String> CONFIG_FILE =
            SchemeOption.of(
                    "config-file",
                    ValueKind.TEXT,
                    "YAML or JSON file with named sources; used together with data-source.");

    /** The entry of the config file. */
    public static final SchemeOption<String> DATA_SOURCE =
            SchemeOption.of("data-source", ValueKind.TEXT, "Name of the entry in the config file.");

    /** Columns given in the URI. */
    public static final SchemeOption<String> COLUMNS =
            SchemeOption.of(
                    "columns",
                    ValueKind.TEXT,
                    "Columns as in CREATE TABLE, such as id BIGINT, name STRING: for a URI that is"
                            + " a table name and whose columns cannot or should not be discovered.");

    /** The primary key where columns are not declared. */
    public static final SchemeOption<List<String>> PRIMARY_KEY =
            SchemeOption.of(
                    "primary-key",
                    ValueKind.LIST,
                    "Columns of the primary key where the columns are discovered or given by"
                            + " columns; not together with PRIMARY KEY in the statement.");

    /** The event-time column where columns are not declared. */
    public static final SchemeOption<String> EVENT_TIME_FIELD =
            SchemeOption.of(
                            "event-time.field",
                            ValueKind.TEXT,
                            "Column that holds the event time where the columns are discovered; it"
                                    + " gets a watermark.")
                    .forSource();

    /** How watermarks follow that column. */
    public static final SchemeOption<WatermarkStrategy> WATERMARK_STRATEGY =
            SchemeOption.of(
                            "watermark.strategy",
                            ValueKind.oneOf(WatermarkStrategy.class),
                            "How watermarks follow event-time.field.")
                    .defaultValue(WatermarkStrategy.BOUNDED_OUT_OF_ORDERNESS)
                    .forSource();

    /** How far the watermark trails. */
    public static final SchemeOption<Duration> WATERMARK_DELAY =
            SchemeOption.of(
                            "watermark.max-out-of-orderness",
                            ValueKind.DURATION,
                            "How far the watermark trails the greatest event time seen.")
                    .defaultValue(Duration.ofSeconds(5))
                    .forSource();

    /** Whether to test the connection at planning. */
    public static final SchemeOption<Boolean> VALIDATE_CONNECT =
            SchemeOption.of(
                            "validate.connect",
                            ValueKind.FLAG,
                            "Test address, login, privileges and table while planning.")
                    .defaultValue(false);

    /** Whether warnings are errors. */
    public static final SchemeOption<Boolean> STRICT =
            SchemeOption.of("strict", ValueKind.FLAG, "Make every warning an error.")
                    .defaultValue(false);

    /** The number of parallel readers or writers. */
    public static final SchemeOption<Integer> PARALLELISM =
            SchemeOption.of(
                            "parallelism",
                            ValueKind.integer("subtasks", 1, 32768),
                            "Number of parallel readers or writers.")
                    .defaultInWords("the job's");

    /** How a sink delivers. */
    public static final SchemeOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
            SchemeOption.of(
                            "sink.delivery-guarantee",
                            ValueKind.oneOf(DeliveryGuarantee.class),
                            "What the sink promises after a failure.")
                    .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
                    .forSink();

    /** Rows per write. */
    public static final SchemeOption<Integer> BATCH_SIZE =
            SchemeOption.of(
                            "batch-size",
                            ValueKind.integer("rows", 1, 10_000_000),
                            "Rows that are written together at the most.")
                    .forSink();

    /** Bytes per write. */
    public static final SchemeOption<org.apache.flink.configuration.MemorySize> BATCH_BYTES =
            SchemeOption.of(
                            "batch-bytes",
                            ValueKind.BYTES,
                            "Bytes that are written together at the most.")
                    .forSink();

    /** The longest wait before a write. */
    public static final SchemeOption<Duration> BATCH_TIMEOUT =
            SchemeOption.of(
                            "batch-timeout",
                            ValueKind.DURATION,
                            "Longest time a row waits to be written; a checkpoint writes all.")
                    .forSink();

    /** Writes under way at once. */
    public static final SchemeOption<Integer> MAX_IN_FLIGHT =
            SchemeOption.of(
                            "max-in-flight",
                            ValueKind.integer("writes per subtask", 1, 64),
                            "Writes under way at once.")
                    .forSink();

    /** Keys per lookup request. */
    public static final SchemeOption<Integer> LOOKUP_BATCH_SIZE =
            SchemeOption.of(
                            "lookup.batch-size",
                            ValueKind.integer("keys", 1, 100_000),
                            "Keys that are looked up in one request at the most.")
                    .defaultValue(1000)
                    .forSource();

    /** The longest wait for more keys. */
    public static final SchemeOption<Duration> LOOKUP_BATCH_TIMEOUT =
            SchemeOption.of(
                            "lookup.batch-timeout",
                            ValueKind.DURATION,
                            "Longest time a key waits for others before the request goes out.")
                    .defaultValue(Duration.ofMillis(2))
                    .forSource();

    /** What the front desk does for every scheme. */
    public static final List<SchemeOption<?>> FRONT_DESK =
            List.of(
                    CONFIG_FILE,
                    DATA_SOURCE,
                    COLUMNS,
                    PRIMARY_KEY,
                    EVENT_TIME_FIELD,
                    WATERMARK_STRATEGY,
                    WATERMARK_DELAY,
                    VALIDATE_CONNECT,
                    STRICT);

    /**
     * Names of options that the product has for every scheme and that a scheme does not have until
     * its spec lists them. A name that ends with a dot stands for all names that start with it.
     */
    public static final List<String> NOT_BUILT_UNLESS_LISTED =
            List.of(
                    "metadata",
                    "format",
                    "parallelism",
                    "sink.delivery-guarantee",
                    "rate-limit",
                    "batch-size",
                    "batch-bytes",
                    "batch-timeout",
                    "max-in-flight",
                    "batch-strategy",
                    "batch.",
                    "failure.strategy",
                    "retry.",
                    "dlq.",
                    "circuit-breaker.",
                    "fallback.uris",
                    "event-time.format",
                    "watermark.idle-timeout",
                    "watermark.alignment.",
                    "late-data.strategy",
                    "lookup.",
                    "schema.",
                    "sample-rows",
                    "all-varchar",
                    "union-by-name",
                    "template-time-field",
                    "template-time-zone");

    private CommonOptions() {}
}
