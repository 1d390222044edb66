// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import java.util.ArrayList;
import java.util.List;

/** URIs of one scheme that a hostile or careless person might type. */
final class HostileUris {

    private static final List<String> TAILS =
            List.of(
                    "",
                    "/",
                    "//",
                    "?",
                    "?=",
                    "?&&&",
                    "?a",
                    "?a=",
                    "?=b",
                    "@",
                    ":@",
                    "u:p@",
                    "u:p@:",
                    "u:p@h:0",
                    "u:p@h:65536",
                    "u:p@h:port",
                    "u:p@h:-1",
                    "u:p@h:99999999999999999999",
                    "[::1",
                    "[::1]]:1",
                    "[]:1",
                    "::1:9092",
                    "h,",
                    ",h",
                    "h,,h",
                    "h/%",
                    "h/%z",
                    "h/%zz",
                    "h/%00",
                    "h/%C3%28",
                    "h/%ED%A0%80",
                    "h/\u0000",
                    "h/\u001b[31m",
                    "h/a\nb",
                    "h/a\rb?c=d\n",
                    "h/..",
                    "h/../..",
                    "h/%2e%2e/%2e%2e/etc/passwd",
                    "h/'; DROP TABLE t; --",
                    "h/\"; DROP TABLE t; --",
                    "h/t?x=${env:PATH}",
                    "h/t?x=${file:/etc/shadow}",
                    "h/t?x=${${${",
                    "h/t?table={",
                    "h/t?table=}",
                    "h/t?key_pattern={nobody}",
                    "h/t?batch_size=1&batchSize=2",
                    "h/t?batch_size=-1",
                    "h/t?batch_size=1e9",
                    "h/t?batch_size=9999999999999",
                    "h/t?parallelism=0",
                    "h/t?password=VELOCANARY",
                    "h/t?%70assword=VELOCANARY",
                    "kafka://h/t",
                    "h/t?uri=kafka://h/t",
                    "\u202e",
                    "\ud800",
                    "😀/😀?😀=😀");

    private HostileUris() {}

    static List<String> of(String scheme) {
        List<String> uris = new ArrayList<>();
        for (String tail : TAILS) {
            uris.add(scheme + "://" + tail);
            uris.add(scheme + "://u:VELOCANARY@" + tail);
        }
        uris.add(scheme + "://" + "a".repeat(100_000));
        uris.add(scheme + "://u:VELOCANARY" + "x".repeat(100_000) + "@h/t");
        uris.add(scheme + "://" + "h,".repeat(5_000) + "h/t");
        uris.add(scheme + "://h/" + "/".repeat(50_000));
        uris.add(scheme + "://h/t?" + "a=b&".repeat(20_000));
        uris.add(scheme + "://h/t?" + "%".repeat(50_000));
        uris.add(scheme + "://h/" + "{a}".repeat(10_000));
        return uris;
    }
}
