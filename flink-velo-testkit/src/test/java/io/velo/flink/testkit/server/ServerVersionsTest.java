// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import org.junit.jupiter.api.Test;

/** {@link ServerVersions}. */
class ServerVersionsTest {

    @Test
    void theChildOfClickHouseIsCompiledAndRunWithTheSameJna() {
        assertThat(Library.class.getPackage().getImplementationVersion())
                .startsWith(ServerVersions.JNA);
    }
}
