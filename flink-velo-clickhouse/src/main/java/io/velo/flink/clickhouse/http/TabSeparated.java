// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.type.EscapedText;
import java.util.ArrayList;
import java.util.List;

/** Rows of the TabSeparated format, for the small answers of metadata queries. */
final class TabSeparated {

    private TabSeparated() {}

    static List<List<String>> parse(String text) {
        List<List<String>> rows = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            List<String> fields = new ArrayList<>();
            for (String field : text.substring(start, end).split("\t", -1)) {
                fields.add(EscapedText.plain(field));
            }
            rows.add(fields);
            start = end + 1;
        }
        return rows;
    }
}
