// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.Arrays;

/**
 * Text and binary forms of IP addresses. The JDK's own parser is not used, because it asks a name
 * server when the text is no address. Source: RFC 4291 for the text form of IPv6.
 */
final class IpAddresses {

    private IpAddresses() {}

    /** The address as an unsigned number, or -1 if the text from this position on is none. */
    static long parseV4(String text, int from) {
        long address = 0;
        int parts = 0;
        int at = from;
        while (parts < 4) {
            int end = at;
            int part = 0;
            while (end < text.length() && end - at < 4 && isDigit(text.charAt(end))) {
                part = part * 10 + text.charAt(end) - '0';
                end++;
            }
            if (end == at || part > 255) {
                return -1;
            }
            address = address << 8 | part;
            parts++;
            boolean last = end == text.length();
            if (last != (parts == 4) || !last && text.charAt(end) != '.') {
                return -1;
            }
            at = end + 1;
        }
        return address;
    }

    /** Writes the address into 16 bytes; false if the text is none. */
    static boolean parseV6(String text, byte[] into) {
        Arrays.fill(into, (byte) 0);
        if (text.indexOf(':') < 0) {
            return mapped(parseV4(text, 0), into);
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, into, 0) == 16;
        }
        String tail = text.substring(gap + 2);
        int head = groups(text.substring(0, gap), into, 0);
        byte[] end = new byte[16];
        int count = groups(tail, end, 0);
        if (head < 0 || count < 0 || head + count > 14) {
            return false;
        }
        System.arraycopy(end, 0, into, 16 - count, count);
        return true;
    }

    private static boolean mapped(long four, byte[] into) {
        if (four < 0) {
            return false;
        }
        into[10] = -1;
        into[11] = -1;
        putV4(four, into, 12);
        return true;
    }

    private static void putV4(long four, byte[] into, int at) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (four >>> (24 - 8 * i));
        }
    }

    /** Writes groups separated by colons; the number of bytes written, or -1. */
    private static int groups(String text, byte[] into, int start) {
        if (text.isEmpty()) {
            return start;
        }
        int at = start;
        int from = 0;
        while (from <= text.length()) {
            int colon = text.indexOf(':', from);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', from) >= 0) {
                long four = at <= 12 ? parseV4(text, from) : -1;
                if (four < 0) {
                    return -1;
                }
                putV4(four, into, at);
                return at + 4;
            }
            int group = at <= 14 ? hex(text, from, end) : -1;
            if (group < 0) {
                return -1;
            }
            into[at++] = (byte) (group >> 8);
            into[at++] = (byte) group;
            from = end + 1;
        }
        return at;
    }

    private static int hex(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Dotted form of the four bytes. */
    static String printV4(long address) {
        return (address >>> 24 & 255)
                + "."
                + (address >>> 16 & 255)
                + "."
                + (address >>> 8 & 255)
                + "."
                + (address & 255);
    }

    /** The form that the server prints: the longest run of zero groups cut, IPv4 in dots. */
    static String printV6(byte[] data, int offset) {
        StringBuilder text = new StringBuilder(39);
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int j = i;
            while (j < 8 && group(data, offset, j) == 0) {
                j++;
            }
            if (j - i > runLength) {
                runStart = i;
                runLength = j - i;
            }
        }
        boolean dotted = runStart == 0 && isDotted(data, offset, runLength);
        int groups = dotted ? 6 : 8;
        for (int i = 0; i < groups; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(data, offset, i)));
        }
        return dotted ? withV4(text, data, offset) : text.toString();
    }

    private static boolean isDotted(byte[] data, int offset, int run) {
        return run == 6 || run == 5 && group(data, offset, 5) == 0xFFFF;
    }

    private static String withV4(StringBuilder text, byte[] data, int offset) {
        if (text.charAt(text.length() - 1) != ':') {
            text.append(':');
        }
        long four = 0;
        for (int i = 12; i < 16; i++) {
            four = four << 8 | data[offset + i] & 0xFF;
        }
        return text.append(printV4(four)).toString();
    }

    private static int group(byte[] data, int offset, int index) {
        int at = offset + 2 * index;
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }
}
