// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.error.VeloException;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, a decoder gives a value or Velo's own error, and stays inside its field. */
class DecoderFuzzTest {

    private static final int[] TYPES = {
        Oids.BOOL,
        Oids.INT2,
        Oids.INT4,
        Oids.INT8,
        Oids.OID,
        Oids.FLOAT4,
        Oids.FLOAT8,
        Oids.NUMERIC,
        Oids.TEXT,
        Oids.BYTEA,
        Oids.UUID,
        Oids.JSONB,
        Oids.DATE,
        Oids.TIME,
        Oids.TIMETZ,
        Oids.TIMESTAMP,
        Oids.TIMESTAMPTZ,
        Oids.INTERVAL,
        Oids.BIT,
        Oids.VARBIT,
        Oids.INET,
        Oids.CIDR,
        Oids.MACADDR,
        Oids.MACADDR8
    };

    private static final List<DataType> TARGETS =
            List.of(
                    DataTypes.BOOLEAN(),
                    DataTypes.SMALLINT(),
                    DataTypes.INT(),
                    DataTypes.BIGINT(),
                    DataTypes.FLOAT(),
                    DataTypes.DOUBLE(),
                    DataTypes.DECIMAL(20, 5),
                    DataTypes.STRING(),
                    DataTypes.BYTES(),
                    DataTypes.DATE(),
                    DataTypes.TIME(3),
                    DataTypes.TIMESTAMP(3),
                    DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6),
                    DataTypes.INTERVAL(DataTypes.MONTH()),
                    DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3)));

    @Test
    void givesAValueOrOneKindOfError() {
        Random random = new Random(4711);
        int pairs = 0;
        for (int oid : TYPES) {
            PostgresType type = PostgresType.builtIn(oid, "t" + oid);
            for (DataType target : TARGETS) {
                for (SpecialValues policy : SpecialValues.values()) {
                    DecodedColumn column = new DecodedColumn("c", "t", "T", true, policy);
                    ColumnDecoder decoder =
                            ColumnDecoders.find(type, target.getLogicalType(), column);
                    if (decoder != null) {
                        pairs++;
                        fuzz(decoder, random);
                        fuzz(new ArrayDecoder(decoder, column), random);
                    }
                }
            }
        }
        assertThat(pairs).isGreaterThan(100);
    }

    private static void fuzz(ColumnDecoder decoder, Random random) {
        for (int i = 0; i < 100; i++) {
            int length = random.nextInt(40);
            byte[] bytes = new byte[length + 4];
            random.nextBytes(bytes);
            if (random.nextBoolean() && length >= 20) {
                // The begin of an array of one dimension with few elements.
                bytes[2] = bytes[3] = bytes[4] = 0;
                bytes[5] = 1;
                bytes[14] = bytes[15] = bytes[16] = 0;
                bytes[17] = (byte) random.nextInt(5);
            }
            try {
                Object ignored = decoder.decode(bytes, 2, length);
            } catch (VeloException e) {
                assertThat(e.getMessage()).containsPattern("VELO-(IO-006|SCH-005)");
            }
        }
    }
}
