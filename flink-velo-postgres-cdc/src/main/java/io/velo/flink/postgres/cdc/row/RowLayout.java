// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * The rows that come out: columns of the table or of the envelope, then metadata. Immutable,
 * therefore thread-safe.
 *
 * @param columns the columns with their Flink types
 * @param metadata what follows them
 * @param keys names of the declared primary key's columns, or empty
 * @param envelope whether the columns are those of the envelope
 * @param markers whether an envelope stream also has rows BEGIN and COMMIT
 */
public record RowLayout(
        RowType columns,
        List<MetadataColumn> metadata,
        List<String> keys,
        boolean envelope,
        boolean markers)
        implements Serializable {

    public RowLayout {
        metadata = List.copyOf(metadata);
        keys = List.copyOf(keys);
    }

    /** How many fields a row has. */
    public int arity() {
        return columns.getFieldCount() + metadata.size();
    }
}
