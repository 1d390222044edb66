// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.SealedBlock;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** How fast one core turns rows into blocks of 100,000, and what it allocates for each row. */
@State(Scope.Thread)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ClickHouseEncodeBenchmark {

    /** Rows of a block. */
    static final int ROWS = 100_000;

    private final RowData[] rows = ClickHouseRows.make(ROWS);
    private final NativeBlockWriter encoder = ClickHouseRows.encoder(Compression.LZ4);

    /** One block, compressed. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public SealedBlock encode() {
        long bytes = 0;
        for (RowData row : rows) {
            encoder.append(row);
            bytes += encoder.bytes();
        }
        return bytes == 0 ? null : encoder.seal();
    }
}
