// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeParser;
import java.util.Set;

/**
 * How the blocks of an insert are encoded. Immutable, therefore thread-safe.
 *
 * @param format the format
 * @param converted whether the statement takes blocks as they travel and converts them itself, so
 *     that documents and values of varying type are plain text in them
 * @param defaulted names of the columns that take no NULL and get their default instead
 */
public record BlockLayout(WireFormat format, boolean converted, Set<String> defaulted) {

    /** Blocks of columns, which the server always converts. */
    public static final BlockLayout NATIVE = new BlockLayout(WireFormat.NATIVE, true, Set.of());

    public BlockLayout {
        defaulted = Set.copyOf(defaulted);
    }

    /** The name of the format in the statement. */
    public String formatName() {
        return flagsDefaults() ? "RowBinaryWithDefaults" : format.insertName();
    }

    /** Whether each value is preceded by a mark that says whether the default is wanted instead. */
    boolean flagsDefaults() {
        return format == WireFormat.ROWBINARY && !converted && !defaulted.isEmpty();
    }

    /** The type of a column in the block. */
    ClickHouseType streamType(ColumnTarget target) {
        ClickHouseType type = target.type();
        if (converted) {
            return TypeParser.parse(type.headerText());
        }
        return defaulted.contains(target.name()) ? TypeParser.parse(type.base()) : type;
    }
}
