// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;

/**
 * Percent-encoding (RFC 3986, section 2.1) over strict UTF-8 (RFC 3629). A plus sign is a plus
 * sign.
 */
public final class PercentText {

    private static final int BAD_HEX = -1;
    private static final int NUL = -2;
    private static final int BAD_UTF8 = -3;

    /** What to do about a broken escape. */
    static final String REMEDY =
            "Write a literal % as %25, and other characters as the escapes of their UTF-8 bytes.";

    private static final String HEX_DIGITS = "0123456789ABCDEF";

    private PercentText() {}

    /**
     * The text with every escape decoded.
     *
     * @param raw a path segment or value as it stands in a URI
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-001} for a broken escape,
     *     for bytes that are not UTF-8 and for {@code %00}
     */
    public static String decode(String raw) {
        int percent = raw.indexOf('%');
        if (percent < 0) {
            return raw;
        }
        StringBuilder decoded = new StringBuilder(raw.length()).append(raw, 0, percent);
        for (int i = percent; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c != '%') {
                decoded.append(c);
                i++;
                continue;
            }
            int codePoint = escaped(raw, i, raw.length());
            if (codePoint < 0) {
                throw Problem.of(ErrorCode.URI_SYNTAX, reason(codePoint, i))
                        .remedy(REMEDY)
                        .toException();
            }
            decoded.appendCodePoint(codePoint);
            i += 3 * utf8Length(codePoint);
        }
        return decoded.toString();
    }

    /** The position of the first broken escape between the positions, or -1. */
    static int firstBroken(String text, int from, int end) {
        for (int i = from; i < end; ) {
            if (text.charAt(i) != '%') {
                i++;
                continue;
            }
            int codePoint = escaped(text, i, end);
            if (codePoint < 0) {
                return i;
            }
            i += 3 * utf8Length(codePoint);
        }
        return -1;
    }

    /** What is wrong with the escape at a position where {@link #firstBroken} found one. */
    static String brokenReason(String text, int position, int end) {
        return reason(escaped(text, position, end), position);
    }

    /**
     * The one spelling that all equal spellings of a path or value share: letters, digits, {@code -
     * _}, spaces and readable characters outside ASCII are decoded; what could have a meaning when
     * it stands alone ({@code / ? * , .} and so on) stays escaped. Returns the argument itself if
     * nothing changes.
     *
     * @param raw without broken escapes
     */
    static String canonical(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c != '%') {
                text.append(c);
                i++;
                continue;
            }
            int codePoint = escaped(raw, i, raw.length());
            if (hasNoMeaning(codePoint)) {
                text.appendCodePoint(codePoint);
            } else {
                appendEscaped(text, codePoint);
            }
            i += 3 * utf8Length(codePoint);
        }
        return raw.contentEquals(text) ? raw : text.toString();
    }

    /**
     * Escapes a clear text so that it can stand in a part of a URI. A whole placeholder stays
     * readable; a dollar sign that only looks like the start of one is escaped.
     *
     * @param reserved the ASCII characters that would split the part
     */
    static String encode(String clear, String reserved) {
        StringBuilder text = new StringBuilder(clear.length() + 16);
        for (int i = 0; i < clear.length(); ) {
            int close = wholePlaceholder(clear, i);
            if (close > 0) {
                text.append("${");
                appendEncoded(text, clear, i + 2, close, "@&?,");
                text.append('}');
                i = close + 1;
                continue;
            }
            if (clear.startsWith("${", i)) {
                appendEscaped(text, '$');
                i++;
                continue;
            }
            int next = i + Character.charCount(clear.codePointAt(i));
            appendEncoded(text, clear, i, next, reserved);
            i = next;
        }
        return text.toString();
    }

    private static int wholePlaceholder(String clear, int dollar) {
        if (!clear.startsWith("${", dollar)) {
            return -1;
        }
        int close = clear.indexOf('}', dollar);
        int open = clear.indexOf('{', dollar + 2);
        return open > 0 && open < close ? -1 : close;
    }

    private static void appendEncoded(
            StringBuilder text, String clear, int from, int end, String reserved) {
        for (int i = from; i < end; ) {
            int codePoint = clear.codePointAt(i);
            if (codePoint == '%'
                    || reserved.indexOf(codePoint) >= 0
                    || !CharacterClass.isLegal(codePoint)) {
                appendEscaped(text, codePoint);
            } else {
                text.appendCodePoint(codePoint);
            }
            i += Character.charCount(codePoint);
        }
    }

    private static boolean hasNoMeaning(int codePoint) {
        return codePoint < 128
                ? codePoint == '-'
                        || codePoint == '_'
                        || codePoint == ' '
                        || Character.isLetterOrDigit(codePoint)
                : CharacterClass.isLegal(codePoint);
    }

    private static void appendEscaped(StringBuilder text, int codePoint) {
        int length = utf8Length(codePoint);
        for (int index = 0; index < length; index++) {
            int bits = codePoint >>> 6 * (length - 1 - index);
            int value =
                    length == 1
                            ? codePoint
                            : index == 0 ? 0xF00 >> length & 0xFF | bits : 0x80 | bits & 0x3F;
            text.append('%')
                    .append(HEX_DIGITS.charAt(value >> 4))
                    .append(HEX_DIGITS.charAt(value & 15));
        }
    }

    /** The code point whose escapes start at the position, or a negative reason. */
    private static int escaped(String text, int position, int end) {
        int lead = octet(text, position, end);
        if (lead <= 0) {
            return lead == 0 ? NUL : BAD_HEX;
        }
        if (lead < 0x80) {
            return lead;
        }
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4) {
            return BAD_UTF8;
        }
        int codePoint = lead & 0x7F >> length;
        for (int index = 1; index < length; index++) {
            int next = octet(text, position + 3 * index, end);
            if (next < 0x80 || next > 0xBF) {
                return BAD_UTF8;
            }
            codePoint = codePoint << 6 | next & 0x3F;
        }
        boolean valid =
                utf8Length(codePoint) == length
                        && codePoint <= Character.MAX_CODE_POINT
                        && (codePoint < Character.MIN_SURROGATE
                                || codePoint > Character.MAX_SURROGATE);
        return valid ? codePoint : BAD_UTF8;
    }

    private static int octet(String text, int position, int end) {
        if (position + 3 > end || text.charAt(position) != '%') {
            return -1;
        }
        int high = CharacterClass.hexValue(text.charAt(position + 1));
        int low = CharacterClass.hexValue(text.charAt(position + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int utf8Length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static String reason(int failure, int offset) {
        String what =
                switch (failure) {
                    case NUL -> "is %00, which no system behind Velo accepts";
                    case BAD_UTF8 -> "does not start a UTF-8 character";
                    default -> "is not % with two hexadecimal digits";
                };
        return "The escape at offset " + offset + " " + what + ".";
    }
}
