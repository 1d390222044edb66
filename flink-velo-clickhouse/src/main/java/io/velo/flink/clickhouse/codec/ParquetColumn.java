// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.TypeKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;

/** Puts the chunks of one column together to a column of a Native block. Not thread-safe. */
final class ParquetColumn {

    private final ParquetNode root;
    private final List<ParquetLeaf> leaves;

    ParquetColumn(ParquetNode root, List<ParquetLeaf> leaves) {
        this.root = root;
        this.leaves = List.copyOf(leaves);
    }

    /** How many chunks a row group has of this column. */
    int leaves() {
        return leaves.size();
    }

    /** Reads one of its chunks. */
    ParquetChunk read(int leaf, GatheredBytes bytes, ColumnChunk chunk) throws IOException {
        return ParquetChunk.read(leaves.get(leaf), bytes, chunk);
    }

    /**
     * The column of that many rows.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if the chunks contradict
     *     each other
     */
    ColumnBuffer assemble(List<ParquetChunk> chunks, int rows) {
        for (ParquetChunk chunk : chunks) {
            if (chunk.rows() != rows) {
                throw WireInput.broken("has columns of different lengths");
            }
        }
        ColumnBuffer column = new ColumnBuffer(root.type());
        put(root, chunks, column);
        return column;
    }

    private static void put(ParquetNode node, List<ParquetChunk> chunks, ColumnBuffer column) {
        if (node.parts().isEmpty()) {
            chunks.get(node.firstLeaf()).putInto(node, column);
            return;
        }
        boolean list = node.type().kind() != TypeKind.TUPLE;
        WireBuffer shape = shape(node, chunks.get(node.firstLeaf()), list);
        for (int i = 1; i < node.leaves(); i++) {
            WireBuffer other = shape(node, chunks.get(node.firstLeaf() + i), list);
            if (!Arrays.equals(
                    shape.bytes(), 0, shape.length(), other.bytes(), 0, other.length())) {
                throw WireInput.broken("has parts of a column that do not belong together");
            }
        }
        if (list) {
            column.data().putBytes(shape.bytes(), 0, shape.length());
        } else if (column.nulls() != null) {
            column.nulls().putBytes(shape.bytes(), 0, shape.length());
        }
        for (int i = 0; i < node.parts().size(); i++) {
            put(node.parts().get(i), chunks, column.part(i));
        }
    }

    /** Cumulative counts of lists, or marks of NULL of tuples. */
    private static WireBuffer shape(ParquetNode node, ParquetChunk chunk, boolean list) {
        WireBuffer shape = new WireBuffer(64);
        return list ? putEnds(node, chunk, shape) : putNulls(node, chunk, shape);
    }

    private static WireBuffer putEnds(ParquetNode node, ParquetChunk chunk, WireBuffer shape) {
        long elements = 0;
        boolean any = false;
        for (int i = 0; i < chunk.count(); i++) {
            int repetition = chunk.repetition(i);
            int definition = chunk.definition(i);
            if (node.starts(repetition, definition)) {
                if (any) {
                    shape.putLong(elements);
                }
                any = true;
                // A list around which a tuple is NULL is empty; one that is NULL itself is wrong.
                if (definition >= node.around() && definition < node.definition()) {
                    throw WireInput.broken("holds NULL for a value of type " + node.type());
                }
            }
            if (repetition <= node.repetition() + 1 && definition > node.definition()) {
                elements++;
            }
        }
        if (any) {
            shape.putLong(elements);
        }
        return shape;
    }

    private static WireBuffer putNulls(ParquetNode node, ParquetChunk chunk, WireBuffer shape) {
        for (int i = 0; i < chunk.count(); i++) {
            int definition = chunk.definition(i);
            if (node.starts(chunk.repetition(i), definition)) {
                boolean absent = definition < node.definition();
                if (absent && definition >= node.around() && !node.type().nullable()) {
                    throw WireInput.broken("holds NULL for a value of type " + node.type());
                }
                shape.putByte(absent ? 1 : 0);
            }
        }
        return shape;
    }
}
