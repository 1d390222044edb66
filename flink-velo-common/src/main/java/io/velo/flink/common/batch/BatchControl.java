// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.Counter;

/**
 * Says when the open batch of a sink is to be sealed and counts why. The rows themselves lie with
 * the sink, in the form in which it sends them.
 *
 * <p>The sink calls {@link #added} for each row and seals if it is told to, calls {@link #sealed}
 * whenever it sealed, and {@link #written} when a batch was acknowledged. Time is watched by one
 * timer a batch. For the task's thread only.
 */
public final class BatchControl {

    /** Seals and sends the open batch. */
    @FunctionalInterface
    public interface Seal {
        /** Called by the timer, in the task's thread, while the batch has rows. */
        void seal(SealReason reason) throws Exception;
    }

    private final BatchLimits limits;
    private final ProcessingTimeService timers;
    private final Seal seal;
    private final Map<SealReason, Counter> flushes = new EnumMap<>(SealReason.class);
    private int mostRows;
    private long number;
    private int rows;
    private long bytes;
    private int lastRows;
    private long lastBytes;

    /**
     * An empty batch.
     *
     * @param seal what the timer calls
     */
    public BatchControl(
            BatchLimits limits, ProcessingTimeService timers, VeloMetrics metrics, Seal seal) {
        this.limits = limits;
        this.timers = timers;
        this.seal = seal;
        this.mostRows = limits.rows();
        for (SealReason reason : SealReason.values()) {
            flushes.put(reason, metrics.counter(VeloMetric.FLUSHES, reason.label()));
        }
        metrics.gauge(VeloMetric.BATCH_ROWS, () -> lastRows);
        metrics.gauge(VeloMetric.BATCH_BYTES, () -> lastBytes);
        metrics.gauge(VeloMetric.BATCH_LIMIT, () -> mostRows);
    }

    /**
     * Takes note of the batch as it is after a row came in.
     *
     * @param rowsNow rows of the open batch
     * @param bytesNow bytes of the open batch
     * @return why the batch is to be sealed now, or null if it stays open
     */
    public SealReason added(int rowsNow, long bytesNow) {
        if (rows == 0 && rowsNow > 0) {
            watchTime();
        }
        rows = rowsNow;
        bytes = bytesNow;
        if (rowsNow >= mostRows) {
            return SealReason.ROWS;
        }
        return bytesNow >= limits.bytes() ? SealReason.BYTES : null;
    }

    /** Takes note that the open batch was sealed; the next one is empty. */
    public void sealed(SealReason reason) {
        flushes.get(reason).inc();
        lastRows = rows;
        lastBytes = bytes;
        rows = 0;
        bytes = 0;
        number++;
    }

    /**
     * Takes note of an acknowledged batch, from which an adaptive size learns.
     *
     * @param batchRows its rows
     * @param millis from sending to acknowledgement
     */
    public void written(int batchRows, long millis) {
        BatchLimits.AdaptiveSize adaptive = limits.adaptive();
        if (adaptive == null) {
            return;
        }
        long target = Math.max(1, adaptive.target().toMillis());
        if (millis > target) {
            long fitting = (long) batchRows * target / millis;
            mostRows = (int) Math.max(adaptive.fewest(), Math.min(mostRows, fitting));
        } else if (batchRows >= mostRows) {
            // Only a full batch shows that more would fit.
            long grown = mostRows + Math.max(1, mostRows / 4);
            mostRows = (int) Math.min(adaptive.most(), grown);
        }
    }

    /** Rows that a batch may have at present. */
    public int mostRows() {
        return mostRows;
    }

    private void watchTime() {
        if (limits.longestWait().isZero()) {
            return;
        }
        long watched = number;
        timers.registerTimer(
                timers.getCurrentProcessingTime() + limits.longestWait().toMillis(),
                time -> {
                    if (watched == number && rows > 0) {
                        seal.seal(SealReason.TIME);
                    }
                });
    }
}
