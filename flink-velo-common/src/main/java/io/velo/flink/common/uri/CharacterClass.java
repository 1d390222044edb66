// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/**
 * What single characters mean to the grammar, as tables: the parser looks at every character once.
 */
final class CharacterClass {

    /** The character may end or split the part that is being read. */
    static final int STOP = 1;

    /** The start of an escape. */
    static final int PERCENT = 2;

    /** A control character, which must be escaped. */
    static final int ILLEGAL = 4;

    /** Outside ASCII: legal or not is decided by {@link #isLegal}. */
    static final int NON_ASCII = 8;

    /** An ASCII letter or digit, or one of {@code - . _}: what a host name is made of. */
    static final int NAME = 16;

    /** What {@link #foldedName} says of an upper-case letter: the slow way is needed. */
    static final int UPPER = 1;

    /** What {@link #foldedName} says of the start of an escape. */
    static final int ESCAPE = 2;

    private static final byte[] TRAITS = new byte[128];
    private static final byte[] FOLDED = new byte[128];
    private static final byte[] HEX = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            TRAITS[c] = (byte) (Character.isISOControl(c) ? ILLEGAL : 0);
            boolean lower = c >= 'a' && c <= 'z';
            boolean digit = c >= '0' && c <= '9';
            boolean separator = c == '-' || c == '_' || c == '.';
            int upper = c >= 'A' && c <= 'Z' ? UPPER : 0;
            FOLDED[c] = (byte) (lower || digit ? c : separator ? '-' : upper);
            if (lower || digit || separator || upper != 0) {
                TRAITS[c] |= NAME;
            }
            HEX[c] = (byte) Character.digit(c, 16);
        }
        FOLDED['%'] = ESCAPE;
        TRAITS['%'] = PERCENT;
        for (char c : new char[] {'/', '?', '@', '$', '&'}) {
            TRAITS[c] |= STOP;
        }
    }

    private CharacterClass() {}

    /** A set of the constants above. */
    static int traits(char c) {
        return c < 128 ? TRAITS[c] : NON_ASCII;
    }

    /**
     * The folded form of a character of a parameter name: itself, {@code -} for a separator, {@link
     * #UPPER}, {@link #ESCAPE}, or 0 if a name cannot hold it.
     */
    static int foldedName(char c) {
        return c < 128 ? FOLDED[c] : 0;
    }

    /** Whether this is an ASCII letter or digit. */
    static boolean isAlphanumeric(char c) {
        int folded = foldedName(c);
        return folded > ESCAPE && folded != '-' || folded == UPPER;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hexValue(char c) {
        return c < 128 ? HEX[c] : -1;
    }

    /** Whether the code point may stand in a URI as it is, without an escape. */
    static boolean isLegal(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** Whether the code point may stand in a host name, a bucket or a catalog name. */
    static boolean isNamePart(int codePoint) {
        return codePoint == '-'
                || codePoint == '.'
                || codePoint == '_'
                || Character.isLetterOrDigit(codePoint);
    }

    /**
     * Where the placeholder <code>${…}</code> ends that starts at a dollar sign: the position after
     * its closing brace, or -1 if there is none. Inside it neither {@code /} nor {@code :} splits
     * anything; what would split a query or an authority cannot stand in it.
     */
    static int placeholderEnd(String text, int dollar, int limit) {
        if (dollar + 1 >= limit || text.charAt(dollar + 1) != '{') {
            return -1;
        }
        for (int i = dollar + 2; i < limit; i++) {
            switch (text.charAt(i)) {
                case '}':
                    return i + 1;
                case '{', '@', '&', '?', ',':
                    return -1;
                default:
                    break;
            }
        }
        return -1;
    }
}
