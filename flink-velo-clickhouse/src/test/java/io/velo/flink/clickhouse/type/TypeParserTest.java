// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeParserTest {

    @Test
    void parametersAreRead() {
        ClickHouseType decimal = TypeParser.parse("Decimal(38, 10)");
        assertThat(decimal.precision()).isEqualTo(38);
        assertThat(decimal.scale()).isEqualTo(10);
        assertThat(decimal.width()).isEqualTo(16);
        ClickHouseType time = TypeParser.parse("DateTime64(6, 'Europe/Berlin')");
        assertThat(time.precision()).isEqualTo(6);
        assertThat(time.zone()).isEqualTo("Europe/Berlin");
        assertThat(TypeParser.parse("Decimal32(4)").precision()).isEqualTo(9);
        assertThat(TypeParser.parse("FixedString(16)").width()).isEqualTo(16);
    }

    @Test
    void wrappersAreTakenOff() {
        ClickHouseType type = TypeParser.parse("LowCardinality(Nullable(String))");
        assertThat(type.kind()).isEqualTo(TypeKind.STRING);
        assertThat(type.nullable()).isTrue();
        assertThat(type.headerText()).isEqualTo("Nullable(String)");
        assertThat(type.text()).isEqualTo("LowCardinality(Nullable(String))");
        assertThat(TypeParser.parse("SimpleAggregateFunction(max, Nullable(Int32))").headerText())
                .isEqualTo("Nullable(Int32)");
    }

    @Test
    void namesOfAnEnumerationMayHoldAnything() {
        ClickHouseType type =
                TypeParser.parse("Enum8('b, (x)' = 2, 'it\\'s' = -1, 'tab\\t = 3' = 5)");
        assertThat(type.names())
                .containsExactly(
                        new EnumName("it's", -1),
                        new EnumName("b, (x)", 2),
                        new EnumName("tab\t = 3", 5));
        assertThat(type.headerText()).startsWith("Enum8('b, (x)' = 2");
    }

    private static final String DEEP =
            "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array("
                    + "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Int8)))))))))))))"
                    + "))))))))))))";

    @Test
    void nestedTypesAreParsedWithWhatTheyAreMadeOf() {
        ClickHouseType type =
                TypeParser.parse(
                        "Tuple(`a b` Map(LowCardinality(String), Array(Nullable(Int8))),\n    p"
                                + " Polygon)");
        assertThat(FlinkTypes.of(type))
                .contains(
                        DataTypes.ROW(
                                        DataTypes.FIELD(
                                                "a b",
                                                DataTypes.MAP(
                                                                DataTypes.STRING().notNull(),
                                                                DataTypes.ARRAY(DataTypes.TINYINT())
                                                                        .notNull())
                                                        .notNull()),
                                        DataTypes.FIELD(
                                                "p",
                                                FlinkTypes.of(TypeParser.parse("Polygon")).get()))
                                .notNull());
        assertThat(type.travelsAsItIs()).isFalse();
        assertThat(type.headerText())
                .isEqualTo("Tuple(`a b` Map(String, Array(Nullable(Int8))), p Polygon)");
        assertThat(TypeParser.parse("Array(Tuple(Int8, Point))").travelsAsItIs()).isTrue();
        assertThat(TypeParser.parse("Nullable(Tuple(a Int8))").nullable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Array(",
                "Array()",
                "Array(Nothing)",
                "Map(String)",
                "Tuple()",
                "Tuple(a Int32, b Unheard)",
                "Nullable(",
                "Decimal(99, 2)",
                "Decimal(x, y)",
                "DateTime64(12)",
                "Enum8()",
                "FixedString(",
                "",
                DEEP
            })
    void whatIsUnknownOrMalformedIsUnsupportedAndNoError(String text) {
        assertThat(TypeParser.parse(text).supported()).isFalse();
        assertThat(FlinkTypes.of(TypeParser.parse(text))).isEmpty();
    }

    @Test
    void discoveredTypesHoldEveryValue() {
        assertThat(FlinkTypes.of(TypeParser.parse("UInt64")))
                .contains(DataTypes.DECIMAL(20, 0).notNull());
        assertThat(FlinkTypes.of(TypeParser.parse("Nullable(UInt32)")))
                .contains(DataTypes.BIGINT().nullable());
        assertThat(FlinkTypes.of(TypeParser.parse("Int256")))
                .contains(DataTypes.STRING().notNull());
        assertThat(FlinkTypes.of(TypeParser.parse("DateTime64(9)")))
                .contains(DataTypes.TIMESTAMP_LTZ(9).notNull());
    }

    @Test
    void quotingCannotBeLeft() {
        assertThat(Sql.name("a`b\\")).isEqualTo("`a\\`b\\\\`");
        assertThat(Sql.text("it's \\")).isEqualTo("'it\\'s \\\\'");
    }
}
