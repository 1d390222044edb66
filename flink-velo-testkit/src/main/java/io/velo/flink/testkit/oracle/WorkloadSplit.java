// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One writer's rows from a position on.
 *
 * @param writer from 0
 * @param position how many rows come before
 */
public record WorkloadSplit(int writer, long position) implements SourceSplit, Serializable {

    @Override
    public String splitId() {
        return Integer.toString(writer);
    }
}
