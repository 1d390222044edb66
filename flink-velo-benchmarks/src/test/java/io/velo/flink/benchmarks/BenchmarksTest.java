// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.uri.VeloUri;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BenchmarksTest {

    @Test
    void aFigureIsOneLineThatScriptsCanRead() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new Measurement("uri-parse.ops_per_second", 2_345_678.9, 2e6).line())
                    .isEqualTo("RATIO uri-parse.ops_per_second 2345679 goal 2000000");
            assertThat(new Measurement("scan.jdbc", 1.5, 2).line())
                    .isEqualTo("RATIO scan.jdbc 1.50 goal 2.00");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void wrongArgumentsEndWithTwo() {
        assertThat(Benchmarks.run(new String[] {})).isEqualTo(2);
        assertThat(Benchmarks.run(new String[] {"no-such"})).isEqualTo(2);
        assertThat(Benchmarks.run(new String[] {"uri-parse", "--slow"})).isEqualTo(2);
        assertThat(Benchmarks.run(new String[] {"uri-parse", "--quick", "x"})).isEqualTo(2);
    }

    @Test
    void theBenchmarkParsesTheWholeUri() {
        VeloUri uri = new UriParseBenchmark().parse();

        assertThat(uri.hosts()).hasSize(2);
        assertThat(uri.pathSegments()).containsExactly("prod");
        assertThat(uri.parameters()).hasSize(5);
        assertThat(uri.password()).isPresent();
    }
}
