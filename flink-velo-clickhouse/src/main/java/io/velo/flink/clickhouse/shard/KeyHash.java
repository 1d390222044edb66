// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.codec.CityHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.RowData;

/** A hash of one or several columns, as a function of the server makes it. For one thread. */
final class KeyHash implements KeyTerm {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private enum Function {
        INT_32,
        INT_64,
        CITY,
        SIP,
        XX
    }

    private static final Map<String, Function> FUNCTIONS =
            Map.of(
                    "intHash32", Function.INT_32,
                    "intHash64", Function.INT_64,
                    "cityHash64", Function.CITY,
                    "sipHash64", Function.SIP,
                    "xxHash64", Function.XX);

    private final Function function;
    private final KeyColumn[] columns;
    private final byte[] both = new byte[16];

    private KeyHash(Function function, List<KeyColumn> columns) {
        this.function = function;
        this.columns = columns.toArray(KeyColumn[]::new);
    }

    /** The hash of this name, or nothing if it is not known for these columns. */
    static Optional<KeyHash> of(String name, List<KeyColumn> columns) {
        Function function = FUNCTIONS.get(name);
        if (function == null || columns.isEmpty()) {
            return Optional.empty();
        }
        boolean takes =
                switch (function) {
                    case INT_32, INT_64 -> columns.size() == 1 && columns.get(0).isNumber();
                    case XX -> columns.size() == 1;
                    default -> true;
                };
        return takes ? Optional.of(new KeyHash(function, columns)) : Optional.empty();
    }

    @Override
    public boolean signed() {
        return false;
    }

    @Override
    public long of(RowData row) {
        long hash = of(columns[0], row);
        for (int i = 1; i < columns.length; i++) {
            hash = together(hash, of(columns[i], row));
        }
        return hash;
    }

    private long of(KeyColumn column, RowData row) {
        if (function == Function.INT_32) {
            return IntHash.to32(column.of(row));
        }
        if (function == Function.INT_64) {
            return IntHash.to64(column.of(row));
        }
        if (function == Function.CITY && column.isNumber()) {
            return IntHash.to64(column.bits(row));
        }
        column.read(row);
        return of(column.bytes(), column.from(), column.length());
    }

    private long of(byte[] bytes, int from, int length) {
        return switch (function) {
            case CITY -> CityHash64.of(bytes, from, length);
            case SIP -> SipHash64.of(bytes, from, length);
            default -> XxHash64.of(bytes, from, length);
        };
    }

    private long together(long first, long second) {
        if (function == Function.CITY) {
            return CityHash64.pair(first, second);
        }
        LONG.set(both, 0, first);
        LONG.set(both, 8, second);
        return SipHash64.of(both, 0, both.length);
    }
}
