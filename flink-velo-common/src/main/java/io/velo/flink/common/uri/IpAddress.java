// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/** Tells IPv6 addresses (RFC 4291, section 2.2, with a zone as in RFC 4007) from names. */
final class IpAddress {

    private static final int GROUPS = 8;

    private IpAddress() {}

    /** Whether this is an IPv6 address, without brackets. */
    static boolean isVersion6(String text) {
        int zone = text.indexOf('%');
        int end = zone < 0 ? text.length() : zone;
        if (text.indexOf(':') < 0 || zone >= 0 && !isZone(text, zone + 1)) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0 || gap + 2 > end) {
            return groups(text, 0, end, true) == GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text, 0, gap, false);
        int after = gap + 2 == end ? 0 : groups(text, gap + 2, end, true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    private static boolean isZone(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if ((CharacterClass.traits(text.charAt(i)) & CharacterClass.NAME) == 0) {
                return false;
            }
        }
        return from < text.length();
    }

    /** The number of 16-bit groups between the positions, or a negative number if one is wrong. */
    private static int groups(String text, int from, int end, boolean mayEndInVersion4) {
        int count = 0;
        int start = from;
        while (start <= end) {
            int colon = text.indexOf(':', start);
            int stop = colon < 0 || colon > end ? end : colon;
            if (isGroup(text, start, stop)) {
                count++;
            } else if (mayEndInVersion4 && stop == end && isVersion4(text, start, end)) {
                count += 2;
            } else {
                return -GROUPS;
            }
            start = stop + 1;
        }
        return count;
    }

    private static boolean isGroup(String text, int from, int end) {
        if (from >= end || end - from > 4) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (CharacterClass.hexValue(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVersion4(String text, int from, int end) {
        int parts = 0;
        int start = from;
        while (start <= end) {
            int dot = text.indexOf('.', start);
            int stop = dot < 0 || dot > end ? end : dot;
            if (stop == start || stop - start > 3) {
                return false;
            }
            int value = 0;
            for (int i = start; i < stop; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                value = value * 10 + digit;
            }
            if (value > 255) {
                return false;
            }
            parts++;
            start = stop + 1;
        }
        return parts == 4;
    }
}
