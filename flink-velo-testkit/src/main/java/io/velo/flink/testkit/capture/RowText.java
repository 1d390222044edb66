// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.util.Collection;
import java.util.stream.Collectors;

/** Some columns as one text, in which long values are a few characters and a hash. */
final class RowText {

    private static final int LONGEST = 40;
    private static final int KEPT = 12;

    private RowText() {}

    static String of(Collection<String> values) {
        return values.stream().map(RowText::shorten).collect(Collectors.joining("|"));
    }

    private static String shorten(String value) {
        if (value == null) {
            return "NULL";
        }
        if (value.length() <= LONGEST) {
            return value;
        }
        long hash = 0;
        for (int i = 0; i < value.length(); i++) {
            hash = hash * 1_000_003 + value.charAt(i);
        }
        return value.substring(0, KEPT) + "#" + Long.toHexString(hash) + "#" + value.length();
    }
}
