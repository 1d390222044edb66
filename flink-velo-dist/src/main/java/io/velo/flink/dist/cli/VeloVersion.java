// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.FlinkVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code velo --version} prints. */
final class VeloVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"Velo " + VeloHome.version(), "Flink " + FlinkVersion.current()};
    }
}
