// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.clickhouse.codec.ColumnTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import io.velo.flink.clickhouse.type.TypeParser;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** The rows of the benchmarks of ClickHouse: nine columns of mixed types, about 90 bytes a row. */
final class ClickHouseRows {

    /** The columns of the table. */
    static final String COLUMNS =
            "id Int64, n Int32, name String, amount Decimal(12, 2), ratio Float64, at"
                    + " DateTime64(3, 'UTC'), day Date, flag Bool, note Nullable(String)";

    /** The columns of the Flink table. */
    static final String FLINK_COLUMNS =
            "id BIGINT NOT NULL, n INT NOT NULL, name STRING NOT NULL, amount DECIMAL(12, 2) NOT"
                    + " NULL, ratio DOUBLE NOT NULL, `at` TIMESTAMP_LTZ(3) NOT NULL, `day` DATE NOT"
                    + " NULL, flag BOOLEAN NOT NULL, note STRING";

    private static final String[] NAMES = {
        "id", "n", "name", "amount", "ratio", "at", "day", "flag", "note"
    };

    private static final String[] TYPES = {
        "Int64",
        "Int32",
        "String",
        "Decimal(12, 2)",
        "Float64",
        "DateTime64(3, 'UTC')",
        "Date",
        "Bool",
        "Nullable(String)"
    };

    /** The type of the rows. */
    static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(false),
                        new IntType(false),
                        new VarCharType(false, VarCharType.MAX_LENGTH),
                        new DecimalType(false, 12, 2),
                        new DoubleType(false),
                        new LocalZonedTimestampType(false, 3),
                        new DateType(false),
                        new BooleanType(false),
                        new VarCharType(true, VarCharType.MAX_LENGTH)
                    },
                    NAMES);

    private ClickHouseRows() {}

    /** As many different rows. */
    static RowData[] make(int count) {
        Random random = new Random(42);
        RowData[] rows = new RowData[count];
        for (int i = 0; i < count; i++) {
            StringData name = BinaryStringData.fromString("customer " + random.nextInt(100_000));
            StringData note =
                    i % 3 == 0
                            ? null
                            : BinaryStringData.fromString("order " + i + " of " + random.nextInt());
            // As Flink's own rows have them, texts are bytes.
            ((BinaryStringData) name).ensureMaterialized();
            rows[i] =
                    GenericRowData.of(
                            (long) i,
                            random.nextInt(1_000),
                            name,
                            DecimalData.fromBigDecimal(
                                    BigDecimal.valueOf(random.nextInt(10_000_000), 2), 12, 2),
                            random.nextDouble(),
                            TimestampData.fromEpochMillis(1_700_000_000_000L + i * 1_000L),
                            19_000 + i % 1_000,
                            i % 2 == 0,
                            note);
        }
        return rows;
    }

    /** An encoder of the rows. */
    static NativeBlockWriter encoder(Compression compression) {
        List<ColumnTarget> targets = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            targets.add(
                    new ColumnTarget(
                            NAMES[i], TypeParser.parse(TYPES[i]), TYPE.getTypeAt(i), i, false));
        }
        return NativeBlockWriter.of(targets, ZoneId.of("UTC"), compression);
    }
}
