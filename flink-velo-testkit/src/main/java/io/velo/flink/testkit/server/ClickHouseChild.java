// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The main class of the child JVM that is a ClickHouse server: loads ClickHouse as a library and
 * lets it listen. Always a JVM of its own, for the library installs signal handlers. It ends when
 * standard input ends, hence with its parent.
 */
public final class ClickHouseChild {

    private ClickHouseChild() {}

    /** The part of the library's C interface that runs what the command line would run. */
    public interface Chdb extends Library {

        /** Runs the command line and returns its result when it has ended. */
        Pointer chdb_query_cmdline(int count, String[] words);

        /** The error's text, or null if there was none. */
        Pointer chdb_result_error(Pointer result);
    }

    /** Arguments: the library's file, the server's config file. */
    public static void main(String[] arguments) {
        Chdb chdb = Native.load(arguments[0], Chdb.class);
        // The second statement reads standard input and so keeps the server up.
        String[] words = {
            "clickhouse",
            "--config-file=" + arguments[1],
            "--query",
            "SYSTEM START LISTEN QUERIES ALL; "
                    + "SELECT * FROM file('-', LineAsString, 's String') FORMAT Null"
        };
        Pointer error = chdb.chdb_result_error(chdb.chdb_query_cmdline(words.length, words));
        if (error != null) {
            System.err.println(error.getString(0));
        }
        Runtime.getRuntime().halt(error == null ? 0 : 1);
    }
}
