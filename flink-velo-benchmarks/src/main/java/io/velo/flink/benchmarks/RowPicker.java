// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * Gives made rows again and again, so that a benchmark does not measure how they are made. They lie
 * behind each other in one piece of memory and are shown through one object, as Flink shows rows
 * that came over the network to a job that uses objects again: rows spread over the heap would cost
 * more to find than to write.
 */
final class RowPicker implements GeneratorFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private static volatile long ready;

    private final int count;
    private transient MemorySegment memory;
    private transient int[] starts;
    private transient BinaryRowData row;

    RowPicker(int count) {
        this.count = count;
    }

    /**
     * When the last job in this JVM could take its first row, by {@link System#nanoTime()}: Flink
     * opens a job's sink before its source.
     */
    static long ready() {
        return ready;
    }

    @Override
    public void open(SourceReaderContext context) {
        RowDataSerializer serializer = new RowDataSerializer(ClickHouseRows.TYPE);
        RowData[] rows = ClickHouseRows.make(count);
        byte[][] packed = new byte[count][];
        starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            BinaryRowData binary = serializer.toBinaryRow(rows[i]);
            packed[i] = new byte[binary.getSizeInBytes()];
            binary.getSegments()[0].get(binary.getOffset(), packed[i]);
            starts[i + 1] = starts[i] + packed[i].length;
        }
        memory = MemorySegmentFactory.allocateUnpooledSegment(starts[count]);
        for (int i = 0; i < count; i++) {
            memory.put(starts[i], packed[i]);
        }
        row = new BinaryRowData(ClickHouseRows.TYPE.getFieldCount());
        ready = System.nanoTime();
    }

    @Override
    public RowData map(Long number) {
        int i = (int) (number % count);
        row.pointTo(memory, starts[i], starts[i + 1] - starts[i]);
        return row;
    }
}
