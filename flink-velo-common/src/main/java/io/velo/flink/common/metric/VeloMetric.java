// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.metric;

/**
 * The metrics that Velo adds to Flink's own. A scheme registers them under the group {@code
 * velo.<scheme>} of its operator through {@link VeloMetrics}; their names stand here and nowhere
 * else, so that pages, dashboards and alert rules can be checked against them.
 */
public enum VeloMetric {
    /** Rows left out by the failure strategy. */
    RECORDS_SKIPPED(
            "records_skipped",
            Kind.COUNTER,
            "rows",
            "",
            "Rows that could not be read or written and were left out."),
    /** Rows replaced by a later one of the same key in the same batch. */
    RECORDS_SUPERSEDED(
            "records_superseded",
            Kind.COUNTER,
            "rows",
            "",
            "Rows that were not sent because the same batch held a later row of their key."),
    /** Dead letters. */
    DLQ_RECORDS(
            "dlq_records",
            Kind.COUNTER,
            "rows",
            "",
            "Rows whose dead letter is written and acknowledged."),
    /** Dead letters that could not be written. */
    DLQ_FAILURES(
            "dlq_failures",
            Kind.COUNTER,
            "rows",
            "",
            "Rows whose dead letter could not be written."),
    /** Dead letters under way. */
    DLQ_PENDING(
            "dlq_pending",
            Kind.GAUGE,
            "rows",
            "",
            "Rows whose dead letter waits to be acknowledged; none after a checkpoint."),
    /** Further attempts. */
    RETRIES(
            "retries",
            Kind.COUNTER,
            "attempts",
            "class",
            "Further attempts after a failure, by the class of the failure."),
    /** Batches that went out. */
    FLUSHES(
            "flushes",
            Kind.COUNTER,
            "batches",
            "trigger",
            "Batches that went out, by what sealed them."),
    /** How many rows a batch had. */
    BATCH_ROWS("batch_rows", Kind.GAUGE, "rows", "", "Rows of the last batch that went out."),
    /** How many bytes a batch had. */
    BATCH_BYTES("batch_bytes", Kind.GAUGE, "bytes", "", "Bytes of the last batch that went out."),
    /** How many rows a batch may have. */
    BATCH_LIMIT(
            "batch_limit",
            Kind.GAUGE,
            "rows",
            "",
            "Rows that a batch may have at present; it moves under adaptive_size only."),
    /** How long the rate limit held rows back. */
    RATE_LIMIT_WAIT(
            "rate_limit_wait_ms",
            Kind.COUNTER,
            "ms",
            "",
            "Time for which the rate limit held rows back."),
    /** The circuit breaker. */
    BREAKER_STATE(
            "breaker_state",
            Kind.GAUGE,
            "state",
            "",
            "State of the endpoint's circuit breaker: 0 closed, 1 half-open, 2 open."),
    /** How often the circuit breaker opened. */
    BREAKER_OPENED(
            "breaker_opened",
            Kind.GAUGE,
            "times",
            "",
            "How often the endpoint's circuit breaker opened since this task manager met it."),
    /** Lookups answered from memory. */
    LOOKUP_CACHE_HITS(
            "lookup_cache_hits", Kind.COUNTER, "keys", "", "Keys answered by the lookup cache."),
    /** Lookups that went to the endpoint. */
    LOOKUP_CACHE_MISSES(
            "lookup_cache_misses",
            Kind.COUNTER,
            "keys",
            "",
            "Keys that the lookup cache did not have."),
    /** Lookups that no server answered. */
    LOOKUPS_ON_OPEN(
            "lookups_on_open",
            Kind.COUNTER,
            "keys",
            "",
            "Keys that lookup.on-open answered because the circuit breaker was open."),
    /** How well the endpoint is. */
    HEALTH(
            "health",
            Kind.GAUGE,
            "state",
            "",
            "Health of the table's own endpoint: 0 healthy, 1 degraded, 2 unhealthy."),
    /** The slowest minute of a day. */
    ROLLING_MIN(
            "rolling24h_min_rps",
            Kind.GAUGE,
            "rows/s",
            "",
            "Rows per second of the slowest minute of the last 24 hours."),
    /** The whole day. */
    ROLLING_AVG(
            "rolling24h_avg_rps",
            Kind.GAUGE,
            "rows/s",
            "",
            "Rows per second over the last 24 hours."),
    /** The fastest minute of a day. */
    ROLLING_MAX(
            "rolling24h_max_rps",
            Kind.GAUGE,
            "rows/s",
            "",
            "Rows per second of the fastest minute of the last 24 hours.");

    /** How a metric is read. */
    public enum Kind {
        /** Only grows while the task runs. */
        COUNTER,
        /** The value at the moment. */
        GAUGE
    }

    private final String text;
    private final Kind kind;
    private final String unit;
    private final String label;
    private final String description;

    VeloMetric(String text, Kind kind, String unit, String label, String description) {
        this.text = text;
        this.kind = kind;
        this.unit = unit;
        this.label = label;
        this.description = description;
    }

    /** The name under which it is registered. */
    public String text() {
        return text;
    }

    /** How it is read. */
    public Kind kind() {
        return kind;
    }

    /** What its number counts. */
    public String unit() {
        return unit;
    }

    /** The label that splits it, such as trigger; empty if it is one number. */
    public String label() {
        return label;
    }

    /** What it says, one sentence. */
    public String description() {
        return description;
    }
}
