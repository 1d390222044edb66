// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlock;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.codec.SealedBlock;

/** Makes blocks of some rows of a block, with the versions that they had. Not thread-safe. */
final class RowsOfBlock {

    private final RowVersions.Again versions = new RowVersions.Again();
    private final NativeBlockWriter encoder;

    RowsOfBlock(OpenedTable table) {
        this.encoder = table.blocks(versions);
    }

    /** The rows from one position up to another, which is not included. */
    SealedBlock of(RowBlock block, int from, int to) {
        return encoded(block, from, to).pack();
    }

    /** As {@link #of}, not packed yet. */
    NativeBlock encoded(RowBlock block, int from, int to) {
        versions.from(block.versions(), from);
        for (int i = from; i < to; i++) {
            encoder.append(block.rows().get(i));
        }
        return encoder.take();
    }
}
