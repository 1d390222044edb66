// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** {@link Platform}. */
class PlatformTest {

    @Test
    void linuxAndMacAreKnownByTheNamesThatJvmsUse() {
        assertThat(Platform.of("Linux", "amd64")).isEqualTo(Platform.LINUX_X86_64);
        assertThat(Platform.of("Linux", "x86_64")).isEqualTo(Platform.LINUX_X86_64);
        assertThat(Platform.of("Linux", "aarch64")).isEqualTo(Platform.LINUX_ARM64);
        assertThat(Platform.of("Mac OS X", "aarch64")).isEqualTo(Platform.MACOS_ARM64);
    }

    @Test
    void otherPlatformsAreRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining("Windows 11 on amd64")
                .hasMessageContaining("Start a Docker engine");
        assertThatThrownBy(() -> Platform.of("Mac OS X", "x86_64"))
                .isInstanceOf(ServerUnavailableException.class);
    }
}
