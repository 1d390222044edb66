// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.lookup.LookupOptions;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.retry.BreakerOptions;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.SslMode;
import io.velo.flink.postgres.connect.TargetServer;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.sink.CommitMethod;
import io.velo.flink.postgres.sink.OnConflict;
import io.velo.flink.postgres.sql.QueryText;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** The options of {@code postgresql://}, each declared once. */
final class PostgresOptions {

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

    static final SchemeOption<QueryText> QUERY =
            SchemeOption.of(
                            "query",
                            ValueKind.of(QueryText.class, "one SELECT statement", QueryText::new),
                            "A query of the server whose result is the table, instead of a table;"
                                    + " it runs in a transaction that only reads.")
                    .forSource();

    static final SchemeOption<Splitting.Strategy> SNAPSHOT_STRATEGY =
            SchemeOption.of(
                            "snapshot.strategy",
                            ValueKind.oneOf(Splitting.Strategy.class),
                            "By what a table is cut into parts that are read in parallel: ranges of"
                                    + " its primary key, blocks of its file (ctid), not at all, or"
                                    + " blocks in batch and the key in streaming mode.")
                    .defaultValue(Splitting.Strategy.AUTO)
                    .forSource();

    static final SchemeOption<MemorySize> SNAPSHOT_CHUNK_BYTES =
            SchemeOption.of(
                            "snapshot.chunk.bytes",
                            ValueKind.BYTES,
                            "How large a part is at the most, by the size of the table on disk.")
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .forSource();

    static final SchemeOption<Splitting.Consistency> SNAPSHOT_CONSISTENCY =
            SchemeOption.of(
                            "snapshot.consistency",
                            ValueKind.oneOf(Splitting.Consistency.class),
                            "Whether all parts show one moment (snapshot) or each that of its own"
                                    + " reading (chunk); parts by blocks always share one.")
                    .defaultValue(Splitting.Consistency.CHUNK)
                    .forSource();

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

    static final SchemeOption<TargetServer> TARGET_SESSION_ATTRS =
            SchemeOption.of(
                            "target-session-attrs",
                            ValueKind.oneOf(TargetServer.class),
                            "Which of several servers is read from, with the meaning of libpq's"
                                    + " option; writing always needs the primary.")
                    .defaultValue(TargetServer.ANY);

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
                            "Whether changes are captured instead of reading the table once.")
                    .defaultValue(false)
                    .aliases("mode")
                    .forSource();

    static final SchemeOption<Integer> BATCH_SIZE =
            CommonOptions.BATCH_SIZE
                    .describedAs(
                            "Rows that are written together at the most; with a primary key, 2000"
                                    + " rows or more go through a temporary table.")
                    .defaultValue(20_000);

    static final SchemeOption<MemorySize> BATCH_BYTES =
            CommonOptions.BATCH_BYTES.defaultValue(MemorySize.ofMebiBytes(8));

    static final SchemeOption<Duration> BATCH_TIMEOUT =
            CommonOptions.BATCH_TIMEOUT.defaultValue(Duration.ofSeconds(1));

    static final SchemeOption<OnConflict> ON_CONFLICT =
            SchemeOption.of(
                            "on-conflict",
                            ValueKind.oneOf(OnConflict.class),
                            "What becomes of a row whose primary key is in the table: it replaces"
                                    + " the row there, is left out, or is rejected. With ignore"
                                    + " and error the table takes insertions only; with ignore and"
                                    + " without a primary key any unique constraint counts.")
                    .defaultValue(OnConflict.UPDATE)
                    .forSink();

    static final SchemeOption<String> VERSION_COLUMN =
            SchemeOption.of(
                            "version-column",
                            ValueKind.TEXT,
                            "Column that must not go back: a row replaces or deletes only rows"
                                    + " whose version is not greater.")
                    .forSink();

    static final SchemeOption<Boolean> AUTO_CREATE =
            SchemeOption.of(
                            "auto-create",
                            ValueKind.FLAG,
                            "Whether a missing table is made when a job that writes it starts,"
                                    + " with the declared columns and primary key.")
                    .defaultValue(false)
                    .forSink();

    static final SchemeOption<CommitMethod> COMMIT_METHOD =
            SchemeOption.of(
                            "sink.commit-method",
                            ValueKind.oneOf(CommitMethod.class),
                            "How rows wait for their checkpoint under exactly-once: in a table of"
                                    + " their own beside the target, or in a prepared transaction,"
                                    + " for which the server needs max_prepared_transactions.")
                    .defaultValue(CommitMethod.STAGING)
                    .forSink();

    static final SchemeOption<Boolean> SKIP_UNCHANGED =
            SchemeOption.of(
                            "skip-unchanged",
                            ValueKind.FLAG,
                            "Whether a row that would change nothing is left alone, which spares"
                                    + " the server dead rows when data is written again.")
                    .defaultValue(false)
                    .forSink();

    private static final SchemeOption<?>[] BEFORE_LOOKUP = {
        TABLE,
        SCHEMA,
        QUERY,
        SSLMODE,
        SSLROOTCERT,
        TARGET_SESSION_ATTRS,
        CDC,
        ON_SPECIAL_VALUE,
        SNAPSHOT_STRATEGY,
        SNAPSHOT_CHUNK_BYTES,
        SNAPSHOT_CONSISTENCY,
        CommonOptions.PARALLELISM,
        RetryOptions.STRATEGY,
        RetryOptions.INITIAL_DELAY,
        RetryOptions.MAX_DELAY,
        RetryOptions.MULTIPLIER,
        RetryOptions.INCREMENT,
        RetryOptions.JITTER,
        RetryOptions.MAX_ATTEMPTS,
        RetryOptions.TIMEOUT
    };

    private static final SchemeOption<?>[] FOR_SINK = {
        BATCH_SIZE,
        BATCH_BYTES,
        BATCH_TIMEOUT,
        ON_CONFLICT,
        VERSION_COLUMN,
        SKIP_UNCHANGED,
        AUTO_CREATE,
        CommonOptions.DELIVERY_GUARANTEE,
        COMMIT_METHOD
    };

    /** All of them, in the order of the documentation. */
    static final SchemeOption<?>[] ALL =
            Stream.of(
                            Stream.of(BEFORE_LOOKUP),
                            LookupOptions.ALL.stream(),
                            LookupOptions.FULL_CACHE.stream(),
                            BreakerOptions.ALL.stream().map(SchemeOption::forSource),
                            Stream.of(FOR_SINK))
                    .flatMap(Function.identity())
                    .toArray(SchemeOption<?>[]::new);

    /** What the product has for this scheme and this version has not. */
    static final String[] NOT_BUILT = {"slot.on-finish", "stream.slots"};

    private PostgresOptions() {}

    /** {@code mode=cdc} is another way to write {@code cdc=true}. */
    private static Boolean isCdc(String text) {
        return text.trim().toLowerCase(Locale.ROOT).equals("cdc") || ValueKind.FLAG.parse(text);
    }
}
