// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonShapeTest {

    private static DataType type(String... values) throws Exception {
        return shape('T', values).type();
    }

    private static JsonShape shape(char separator, String... values) throws Exception {
        JsonShapeReader reader = new JsonShapeReader(separator);
        JsonShape shape = JsonShape.Scalar.NULL;
        for (String value : values) {
            shape = shape.merge(reader.read(new ObjectMapper().readTree(value)));
        }
        return shape;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 2 | BIGINT",
                "1 | 12345678901234567890 | DECIMAL(38, 0)",
                "1 | 123456789012345678901234567890123456789 | STRING",
                "1 | 1.5 | DOUBLE",
                "12345678901234567890 | 1.5 | DOUBLE",
                "1 | \"a\" | STRING",
                "1 | null | BIGINT",
                "null | null | STRING",
                "true | false | BOOLEAN",
                "true | 1 | STRING",
                "\"2025-01-01\" | \"2025-02-28\" | DATE",
                "\"2025-01-01\" | \"2025-02-30\" | STRING",
                "\"2025-01-01T00:00:00\" | \"2025-01-01T00:00:00.5\" | TIMESTAMP(6)",
                "\"2025-01-01T00:00:00Z\" | \"2025-01-01T00:00:00.1234567Z\" |"
                        + " TIMESTAMP_LTZ(9)",
                "\"2025-01-01T00:00Z\" | null | TIMESTAMP_LTZ(6)",
                "\"2025-01-01T00:00:00Z\" | \"2025-01-01T00:00:00\" | STRING",
                "\"2025-01-01T00:00:00+02:00\" | null | STRING",
                "\"2025-01-01 00:00:00\" | null | STRING",
                "\"01/02/2025\" | null | STRING",
                "[1,2] | [1.5] | ARRAY<DOUBLE>",
                "[] | [] | ARRAY<STRING>",
                "[] | 1 | STRING",
                "[1,\"a\"] | null | ARRAY<STRING>",
                "{} | {} | STRING",
                "{\"a\":1} | 5 | STRING",
                "{\"a\":1} | {\"b\":true} | ROW<`a` BIGINT, `b` BOOLEAN>",
                "{\"a\":{\"b\":[{\"c\":1}]}} | null | ROW<`a` ROW<`b` ARRAY<ROW<`c` BIGINT>>>>"
            })
    void valuesShareTheNarrowestTypeIntoWhichAllFit(String one, String other, String type)
            throws Exception {
        assertThat(type(one, other).getLogicalType().asSummaryString()).isEqualTo(type.strip());
        assertThat(type(other, one).getLogicalType().isNullable()).isTrue();
    }

    @Test
    void theOrderOfValuesDoesNotMatterForTheirType() throws Exception {
        assertThat(type("1.5", "1")).isEqualTo(type("1", "1.5"));
        assertThat(type("\"a\"", "1")).isEqualTo(type("1", "\"a\""));
        assertThat(type("null", "[1]")).isEqualTo(type("[1]", "null"));
    }

    @Test
    void sqlTimestampsAreFoundIfTheFormatReadsThem() throws Exception {
        assertThat(shape(' ', "\"2025-01-01 00:00:00.5Z\"").type().getLogicalType())
                .hasToString("TIMESTAMP_LTZ(6)");
        assertThat(shape(' ', "\"2025-01-01T00:00:00\"").type().getLogicalType())
                .hasToString("STRING");
    }

    @Test
    void whatLiesTooDeepIsText() throws Exception {
        String deep = "[".repeat(100) + "1" + "]".repeat(100);

        assertThat(type(deep).getLogicalType().asSummaryString())
                .isEqualTo("ARRAY<".repeat(32) + "STRING" + ">".repeat(32));
    }
}
