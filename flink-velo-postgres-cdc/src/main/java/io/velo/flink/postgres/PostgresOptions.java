// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.SslMode;
import java.time.Duration;
import java.util.Locale;

/** The options of {@code postgresql://}, each declared once. */
final class PostgresOptions {

    /** What a lookup keeps in memory. */
    enum LookupCache {
        /** Every lookup asks the server. */
        NONE,
        /** Rows that were looked up. */
        PARTIAL,
        /** The whole table. */
        FULL
    }

    static final SchemeOption<String> TABLE =
            SchemeOption.of(
                            "table",
                            ValueKind.TEXT,
                            "The table, as name or schema.name, exactly as the server spells it;"
                                    + " a name with dots stands in double quotes.")
                    .defaultInWords("the path behind the database's name");

    static final SchemeOption<String> SCHEMA =
            SchemeOption.of("schema", ValueKind.TEXT, "The schema of a table named without one.")
                    .defaultInWords("public");

    static final SchemeOption<SslMode> SSLMODE =
            SchemeOption.of(
                            "sslmode",
                            ValueKind.oneOf(SslMode.class),
                            "How the connection is protected; verify-full is recommended.")
                    .defaultValue(SslMode.PREFER)
                    .aliases("ssl_mode");

    static final SchemeOption<String> SSLROOTCERT =
            SchemeOption.of(
                            "sslrootcert",
                            ValueKind.TEXT,
                            "File with the certificates of trusted authorities, in PEM, on every"
                                    + " Flink process.")
                    .defaultInWords("~/.postgresql/root.crt");

    static final SchemeOption<SpecialValues> ON_SPECIAL_VALUE =
            SchemeOption.of(
                            "on-special-value",
                            ValueKind.oneOf(SpecialValues.class),
                            "What becomes of a value that the Flink type cannot hold: NaN and"
                                    + " infinity in DECIMAL, a number too large for it, infinite"
                                    + " dates, the time 24:00. It fails, is read as NULL, or (dates"
                                    + " only) as the first or last day of Flink's calendar.")
                    .defaultValue(SpecialValues.FAIL)
                    .forSource();

    static final SchemeOption<Boolean> CDC =
            SchemeOption.of(
                            "cdc",
                            ValueKind.of(
                                    Boolean.class,
                                    "false, or true for change data capture",
                                    PostgresOptions::isCdc),
                            "Whether changes are captured instead of reading the table once; true"
                                    + " is not built yet.")
                    .defaultValue(false)
                    .aliases("mode")
                    .forSource();

    static final SchemeOption<Integer> RETRY_MAX_ATTEMPTS =
            SchemeOption.of(
                            "retry.max-attempts",
                            ValueKind.integer("attempts", 1, 1000),
                            "How often a lost connection is opened in all before the task fails.")
                    .defaultValue(Backoff.DEFAULT.attempts())
                    .forSource();

    static final SchemeOption<Duration> RETRY_INITIAL_DELAY =
            SchemeOption.of(
                            "retry.initial-delay",
                            ValueKind.DURATION,
                            "The pause before the second attempt; each further one is twice as"
                                    + " long.")
                    .defaultValue(Backoff.DEFAULT.initialDelay())
                    .forSource();

    static final SchemeOption<Duration> RETRY_MAX_DELAY =
            SchemeOption.of(
                            "retry.max-delay",
                            ValueKind.DURATION,
                            "The longest pause between two attempts.")
                    .defaultValue(Backoff.DEFAULT.maxDelay())
                    .forSource();

    static final SchemeOption<LookupCache> LOOKUP_CACHE =
            SchemeOption.of(
                            "lookup.cache",
                            ValueKind.oneOf(LookupCache.class),
                            "What a lookup join keeps in memory: nothing, or rows that were looked"
                                    + " up; full is not built yet.")
                    .defaultValue(LookupCache.NONE)
                    .forSource();

    static final SchemeOption<Integer> CACHE_MAX_ROWS =
            SchemeOption.of(
                            "lookup.partial-cache.max-rows",
                            ValueKind.integer("keys", 1, Integer.MAX_VALUE),
                            "How many keys the partial cache keeps at the most.")
                    .defaultInWords("no limit")
                    .forSource();

    static final SchemeOption<Duration> CACHE_EXPIRE_AFTER_WRITE =
            SchemeOption.of(
                            "lookup.partial-cache.expire-after-write",
                            ValueKind.DURATION,
                            "How long after it was looked up a key leaves the partial cache.")
                    .defaultInWords("never")
                    .forSource();

    static final SchemeOption<Duration> CACHE_EXPIRE_AFTER_ACCESS =
            SchemeOption.of(
                            "lookup.partial-cache.expire-after-access",
                            ValueKind.DURATION,
                            "How long after its last use a key leaves the partial cache.")
                    .defaultInWords("never")
                    .forSource();

    static final SchemeOption<Boolean> CACHE_MISSING_KEY =
            SchemeOption.of(
                            "lookup.partial-cache.cache-missing-key",
                            ValueKind.FLAG,
                            "Whether the partial cache remembers keys that have no row.")
                    .defaultValue(true)
                    .forSource();

    /** All of them, in the order of the documentation. */
    static final SchemeOption<?>[] ALL = {
        TABLE,
        SCHEMA,
        SSLMODE,
        SSLROOTCERT,
        CDC,
        ON_SPECIAL_VALUE,
        CommonOptions.PARALLELISM.forSource(),
        RETRY_MAX_ATTEMPTS,
        RETRY_INITIAL_DELAY,
        RETRY_MAX_DELAY,
        CommonOptions.LOOKUP_BATCH_SIZE,
        CommonOptions.LOOKUP_BATCH_TIMEOUT,
        LOOKUP_CACHE,
        CACHE_MAX_ROWS,
        CACHE_EXPIRE_AFTER_WRITE,
        CACHE_EXPIRE_AFTER_ACCESS,
        CACHE_MISSING_KEY
    };

    /** What the product has for this scheme and this version has not. */
    static final String[] NOT_BUILT = {
        "tables",
        "query",
        "scan.startup",
        "snapshot.",
        "scan.snapshot.",
        "slot.",
        "publication.",
        "ack.",
        "on-lost-slot",
        "wal.",
        "heartbeat.",
        "changelog",
        "stream.slots",
        "streaming",
        "origin",
        "toast.unchanged",
        "on-truncate",
        "on-schema-change",
        "on-conflict",
        "version.column",
        "skip-unchanged",
        "auto-create",
        "commit-method"
    };

    private PostgresOptions() {}

    /** {@code mode=cdc} is another way to write {@code cdc=true}. */
    private static Boolean isCdc(String text) {
        return text.trim().toLowerCase(Locale.ROOT).equals("cdc") || ValueKind.FLAG.parse(text);
    }
}
