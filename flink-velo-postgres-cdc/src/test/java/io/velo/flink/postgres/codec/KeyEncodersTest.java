// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.sql.Identifier;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class KeyEncodersTest {

    private static ColumnMapping mapping(int oid, DataType target) {
        return ColumnMapping.of(
                Identifier.of("k"), PostgresType.builtIn(oid, "t" + oid), target.getLogicalType());
    }

    private static String encode(int oid, DataType target, Object value) {
        return KeyEncoders.of(mapping(oid, target)).encode(GenericRowData.of(value), 0);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    @Test
    void neverMatchesNull() {
        assertThat(encode(Oids.INT8, DataTypes.BIGINT(), null)).isNull();
        assertThat(encode(Oids.TEXT, DataTypes.STRING(), null)).isNull();
    }

    @Test
    void neverMatchesWhatTheColumnCannotHold() {
        assertThat(encode(Oids.INT2, DataTypes.BIGINT(), 65537L)).isNull();
        assertThat(encode(Oids.INT4, DataTypes.BIGINT(), 1L << 32)).isNull();
        assertThat(encode(Oids.INT4, DataTypes.BIGINT(), -5L)).isEqualTo("-5");
        assertThat(encode(Oids.OID, DataTypes.BIGINT(), -1L)).isNull();
        assertThat(encode(Oids.OID, DataTypes.BIGINT(), 4294967295L)).isEqualTo("4294967295");
        assertThat(encode(Oids.FLOAT4, DataTypes.DOUBLE(), 0.1)).isNull();
        assertThat(encode(Oids.FLOAT4, DataTypes.DOUBLE(), 0.5)).isEqualTo("0.5");
        assertThat(encode(Oids.TEXT, DataTypes.STRING(), text("a\0b"))).isNull();
        assertThat(encode(Oids.UUID, DataTypes.STRING(), text("x"))).isNull();
        assertThat(
                        encode(
                                Oids.UUID,
                                DataTypes.STRING(),
                                text("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")))
                .isNull();
        assertThat(encode(Oids.UUID, DataTypes.BYTES(), new byte[15])).isNull();
    }

    @Test
    void printsDaysAndMomentsAsTheServerReadsThem() {
        assertThat(encode(Oids.DATE, DataTypes.DATE(), (int) LocalDate.of(-43, 3, 15).toEpochDay()))
                .isEqualTo("0044-03-15 BC");
        assertThat(encode(Oids.DATE, DataTypes.DATE(), Integer.MAX_VALUE)).isNull();
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4000);
        assertThat(
                        encode(
                                Oids.TIMESTAMP,
                                DataTypes.TIMESTAMP(9),
                                TimestampData.fromLocalDateTime(moment)))
                .isEqualTo("2024-02-29 01:02:03.000004");
        assertThat(
                        encode(
                                Oids.TIMESTAMP,
                                DataTypes.TIMESTAMP(9),
                                TimestampData.fromLocalDateTime(moment.withNano(1))))
                .isNull();
    }

    @Test
    void comparesTextsOfTypesWhoseEqualityIsAnother() {
        assertThat(KeyEncoders.comparison(mapping(Oids.NUMERIC, DataTypes.STRING()), "t"))
                .isEqualTo(
                        new KeyComparison("pg_catalog.format('%s', t.\"k\")", PostgresType.TEXT));
        assertThat(KeyEncoders.comparison(mapping(Oids.UUID, DataTypes.STRING()), "t").expression())
                .isEqualTo("t.\"k\"");
    }

    @Test
    void refusesTypesThatAreNoKeys() {
        PostgresType array =
                new PostgresType(
                        1007,
                        "pg_catalog",
                        "_int4",
                        -1,
                        PostgresType.Category.ARRAY,
                        PostgresType.builtIn(Oids.INT4, "int4"),
                        List.of(),
                        "integer[]");
        ColumnMapping mapping =
                ColumnMapping.of(
                        Identifier.of("k"),
                        array,
                        DataTypes.ARRAY(DataTypes.INT()).getLogicalType());

        assertThatThrownBy(() -> KeyEncoders.of(mapping))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("'k' of type integer[]");
    }
}
