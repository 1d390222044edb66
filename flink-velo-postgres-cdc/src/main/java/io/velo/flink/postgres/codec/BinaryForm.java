// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text form of a value into its binary form, for types whose text is not what Flink
 * keeps. Stateless, therefore thread-safe.
 */
public final class BinaryForm {

    private static final int MICROS_DIGITS = 6;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** ISO 8601 as {@code IntervalStyle=iso_8601} prints it: {@code P1Y2M-3DT4H5M-6.7S}. */
    private static final Pattern INTERVAL =
            Pattern.compile(
                    "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?"
                            + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?)(\\d+)(?:\\.(\\d+))?S)?)?");

    private BinaryForm() {}

    /** The conversion for a type, or null if there is none. */
    static TextForm.BinaryOfText of(PostgresType type) {
        if (type.category() != PostgresType.Category.BASE) {
            return null;
        }
        return switch (type.oid()) {
            case Oids.BOOL -> text -> new byte[] {(byte) (text.equals("t") ? 1 : 0)};
            case Oids.INT2 ->
                    text -> ByteBuffer.allocate(2).putShort(Short.parseShort(text)).array();
            case Oids.INT4 -> text -> int4(Integer.parseInt(text));
            case Oids.INT8 -> text -> TextForm.int8(Long.parseLong(text));
            case Oids.OID, Oids.XID -> text -> int4(Integer.parseUnsignedInt(text));
            case Oids.FLOAT4 -> text -> int4(Float.floatToRawIntBits(Float.parseFloat(text)));
            case Oids.FLOAT8 ->
                    text -> TextForm.int8(Double.doubleToRawLongBits(Double.parseDouble(text)));
            case Oids.BYTEA -> text -> HexFormat.of().parseHex(text, 2, text.length());
            case Oids.UUID -> text -> HexFormat.of().parseHex(text.replace("-", ""));
            case Oids.DATE -> text -> int4(date(text));
            case Oids.TIME -> text -> TextForm.int8(time(text));
            case Oids.TIMESTAMP, Oids.TIMESTAMPTZ -> text -> TextForm.int8(timestamp(text));
            case Oids.INTERVAL -> BinaryForm::interval;
            case Oids.BIT, Oids.VARBIT -> BinaryForm::bits;
            default -> null;
        };
    }

    private static byte[] int4(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static int date(String text) {
        return switch (text) {
            case "infinity" -> Integer.MAX_VALUE;
            case "-infinity" -> Integer.MIN_VALUE;
            default -> Math.toIntExact(days(text));
        };
    }

    /** Days since 2000-01-01 of {@code 2026-01-31} or {@code 0044-03-15 BC}. */
    public static long days(String text) {
        boolean beforeChrist = text.endsWith(" BC");
        String[] parts = text.substring(0, text.length() - (beforeChrist ? 3 : 0)).split("-");
        int year = Integer.parseInt(parts[0]);
        LocalDate date =
                LocalDate.of(
                        beforeChrist ? 1 - year : year,
                        Integer.parseInt(parts[1]),
                        Integer.parseInt(parts[2]));
        return date.toEpochDay() - TimeDecoders.EPOCH_DAYS;
    }

    static long time(String text) {
        if (text.equals("24:00:00")) {
            return MICROS_PER_DAY;
        }
        return LocalTime.parse(text).toNanoOfDay() / 1000;
    }

    /** Microseconds since 2000-01-01 of {@code 2026-01-31 10:00:00.5[+00][ BC]}, in UTC. */
    public static long timestamp(String text) {
        if (text.equals("infinity")) {
            return Long.MAX_VALUE;
        }
        if (text.equals("-infinity")) {
            return Long.MIN_VALUE;
        }
        boolean beforeChrist = text.endsWith(" BC");
        int blank = text.indexOf(' ');
        String time = text.substring(blank + 1, text.length() - (beforeChrist ? 3 : 0));
        if (time.endsWith("+00")) {
            time = time.substring(0, time.length() - 3);
        }
        String date = text.substring(0, blank) + (beforeChrist ? " BC" : "");
        return days(date) * MICROS_PER_DAY + time(time);
    }

    private static byte[] interval(String text) {
        Matcher parts = INTERVAL.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        long micros = (number(parts, 4) * 60 + number(parts, 5)) * 60_000_000L;
        if (parts.group(7) != null) {
            String fraction = parts.group(8) == null ? "" : parts.group(8);
            String digits = (fraction + "000000").substring(0, MICROS_DIGITS);
            long seconds = Long.parseLong(parts.group(7)) * 1_000_000L + Long.parseLong(digits);
            micros += parts.group(6).isEmpty() ? seconds : -seconds;
        }
        return ByteBuffer.allocate(16)
                .putLong(micros)
                .putInt((int) number(parts, 3))
                .putInt((int) (number(parts, 1) * 12 + number(parts, 2)))
                .array();
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static byte[] bits(String text) {
        ByteBuffer form = ByteBuffer.allocate(4 + (text.length() + 7) / 8).putInt(text.length());
        byte[] bytes = form.array();
        byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] == '1') {
                bytes[4 + (i >> 3)] |= (byte) (0x80 >> (i & 7));
            }
        }
        return bytes;
    }
}
