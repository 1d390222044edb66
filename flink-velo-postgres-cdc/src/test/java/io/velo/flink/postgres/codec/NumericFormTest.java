// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.junit.jupiter.api.Test;

class NumericFormTest {

    /** The server's form of a number, made independently of the code under test. */
    private static byte[] form(BigDecimal value) throws IOException {
        int scale = Math.max(0, value.scale());
        int groups = (scale + 3) / 4;
        BigInteger scaled = value.abs().setScale(groups * 4).unscaledValue();
        java.util.ArrayDeque<Integer> digits = new java.util.ArrayDeque<>();
        while (scaled.signum() != 0) {
            BigInteger[] parts = scaled.divideAndRemainder(BigInteger.valueOf(10000));
            digits.addFirst(parts[1].intValue());
            scaled = parts[0];
        }
        int weight = digits.size() - groups - 1;
        while (!digits.isEmpty() && digits.getLast() == 0) {
            digits.removeLast();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(digits.size());
        out.writeShort(digits.isEmpty() ? 0 : weight);
        out.writeShort(value.signum() < 0 ? 0x4000 : 0);
        out.writeShort(scale);
        for (int digit : digits) {
            out.writeShort(digit);
        }
        return bytes.toByteArray();
    }

    @Test
    void readsRandomNumbersExactlyOrRoundsThemLikeTheServer() throws IOException {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal value =
                    new BigDecimal(
                            new BigInteger(1 + random.nextInt(130), random)
                                    .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                            random.nextInt(30));
            byte[] bytes = form(value);
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);

            assertThat(NumericForm.isWellFormed(bytes, 0, bytes.length)).isTrue();
            assertThat(NumericForm.text(bytes, 0)).isEqualTo(value.toPlainString());
            BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
            DecimalData expected =
                    rounded.precision() > precision
                            ? null
                            : DecimalData.fromBigDecimal(rounded, precision, scale);
            assertThat(NumericForm.decimal(bytes, 0, precision, scale))
                    .as("%s as DECIMAL(%d, %d)", value, precision, scale)
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsGoldenBytes() {
        // SELECT encode(numeric_send(-12345.67), 'hex')
        byte[] bytes = HexFormat.of().parseHex("000300014000000200010929" + "1a2c");
        assertThat(NumericForm.text(bytes, 0)).isEqualTo("-12345.67");
        assertThat(NumericForm.decimal(bytes, 0, 7, 2))
                .isEqualTo(DecimalData.fromBigDecimal(new BigDecimal("-12345.67"), 7, 2));
        assertThat(NumericForm.decimal(bytes, 0, 6, 2)).isNull();
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String damaged :
                new String[] {
                    "",
                    "0001",
                    "00010000000000",
                    "000100000000000027100",
                    "0001000000000000",
                    "00010000123400000001",
                    "0001000000000000" + "2710",
                    "0001000000000000" + "ffff"
                }) {
            String even = damaged.length() % 2 == 0 ? damaged : damaged + "0";
            byte[] bytes = HexFormat.of().parseHex(even);
            assertThat(NumericForm.isWellFormed(bytes, 0, bytes.length)).as(even).isFalse();
        }
    }

    @Test
    void refusesAHugeNumberWithoutBuildingIt() {
        // One digit with weight 32767: 131 069 digits before the point.
        byte[] bytes = HexFormat.of().parseHex("00017fff000000000001");
        long before = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            assertThat(NumericForm.decimal(bytes, 0, 38, 0)).isNull();
        }
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }
}
