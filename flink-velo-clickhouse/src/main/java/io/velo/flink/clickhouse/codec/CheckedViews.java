// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.table.types.logical.DecimalType;

/** Views whose values have to be checked against the declared type, once per block. */
final class CheckedViews {

    private static final int MILLIS_PER_DAY = 86_400_000;

    private CheckedViews() {}

    /** Numbers that must lie within the range. */
    static FixedReader.View within(ColumnSource source, WireLong number, long min, long max) {
        int width = source.type().width();
        return (data, nulls) -> {
            for (int row = 0; row < data.length / width; row++) {
                long value = number.at(data, row);
                if ((value < min || value > max) && (nulls == null || nulls[row] == 0)) {
                    throw ValueRefusal.read(source, "a number outside " + min + " to " + max);
                }
            }
            return new IntegerVector(data, nulls, number);
        };
    }

    /** Times of day in ticks as milliseconds; other times are refused. */
    static FixedReader.View time(ColumnSource source, WireLong ticks) {
        int digits = source.type().precision();
        long factor = Powers.ofTen(Math.max(0, 3 - digits));
        long divisor = Powers.ofTen(Math.max(0, digits - 3));
        WireLong millis = (data, row) -> ticks.at(data, row) * factor / divisor;
        int width = source.type().width();
        long ticksPerDay = MILLIS_PER_DAY / factor * divisor;
        return (data, nulls) -> {
            for (int row = 0; row < data.length / width; row++) {
                long value = ticks.at(data, row);
                if ((value < 0 || value >= ticksPerDay) && (nulls == null || nulls[row] == 0)) {
                    throw ValueRefusal.read(source, "a time outside 00:00 to 24:00");
                }
            }
            return new IntegerVector(data, nulls, millis);
        };
    }

    /** Wide numbers that must have no more digits than the declared DECIMAL. */
    static FixedReader.View decimal(ColumnSource source, boolean signed, int wireScale) {
        DecimalType declared = (DecimalType) source.flinkType();
        int width = source.type().width();
        int digits = declared.getPrecision() - declared.getScale() + wireScale;
        BigInteger limit = BigInteger.TEN.pow(digits);
        return (data, nulls) -> {
            DecimalVector vector = new DecimalVector(data, nulls, width, wireScale, signed);
            for (int row = 0; row < data.length / width; row++) {
                if (!vector.isNullAt(row) && vector.unscaled(row).abs().compareTo(limit) >= 0) {
                    throw ValueRefusal.read(source, "a number of more digits");
                }
            }
            return vector;
        };
    }

    /** Names of an enumeration; a code without a name breaks the protocol. */
    static FixedReader.View names(ColumnSource source) {
        List<EnumName> names = source.type().names();
        int smallest = names.get(0).code();
        byte[][] texts = new byte[names.get(names.size() - 1).code() - smallest + 1][];
        for (EnumName name : names) {
            texts[name.code() - smallest] = name.name().getBytes(StandardCharsets.UTF_8);
        }
        int width = source.type().width();
        WireLong code = WireLong.of(width, true);
        return (data, nulls) -> {
            for (int row = 0; row < data.length / width; row++) {
                long index = code.at(data, row) - smallest;
                boolean known = index >= 0 && index < texts.length && texts[(int) index] != null;
                if (!known && (nulls == null || nulls[row] == 0)) {
                    throw WireInput.broken("holds an enumeration code without a name");
                }
            }
            return new EnumVector(data, nulls, code, texts, smallest);
        };
    }
}
