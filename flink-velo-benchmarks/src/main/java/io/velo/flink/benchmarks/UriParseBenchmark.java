// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.common.uri.VeloUri;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** How many URIs one core parses in a second. */
@State(Scope.Thread)
@Threads(1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class UriParseBenchmark {

    /** Not final, so that the compiler cannot parse it ahead. */
    private String text =
            "postgresql://user:pass@db1.example.com:5432,db2:5433/prod"
                    + "?table=orders&cdc=true&schema=sales&batch_size=500&ssl_mode=require";

    /** The whole URI with every part read into its own text. */
    @Benchmark
    public VeloUri parse() {
        return VeloUri.parse(text);
    }
}
