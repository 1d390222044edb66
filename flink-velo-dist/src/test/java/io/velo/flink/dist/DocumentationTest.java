// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.dist.docs.Documentation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void holdsTheTablesThatTheSpecsGive() throws IOException {
        assertThat(Documentation.in(VeloHome.resolve("")).stale())
                .as("Run ./velo docs and commit what it writes.")
                .isEmpty();
    }
}
