// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a statement on the servers of a cluster. Immutable.
 *
 * @param done servers that have run it
 * @param failed servers that could not, with their words
 * @param waiting servers that have not run it yet
 */
record HostReport(List<String> done, List<String> failed, List<String> waiting) {

    private static final int COLUMNS = 4;
    private static final String SUCCESS = "0";

    /** Reads rows of host, port, status and error; a server that has not ended has no status. */
    static HostReport of(List<List<String>> rows) {
        List<String> done = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.size() < COLUMNS) {
                continue;
            }
            String host = row.get(0) + ":" + row.get(1);
            String status = row.get(2);
            if (status.equals(SUCCESS)) {
                done.add(host);
            } else if (isNumber(status)) {
                failed.add(host + " (code " + status + ", " + row.get(3).strip() + ")");
            } else {
                waiting.add(host);
            }
        }
        return new HostReport(done, failed, waiting);
    }

    private static boolean isNumber(String status) {
        return !status.isEmpty() && status.chars().allMatch(Character::isDigit);
    }

    /**
     * Nothing if all servers have run the statement.
     *
     * @throws io.velo.flink.common.error.VeloException with those that have not
     */
    void check(String what, String place) {
        if (failed.isEmpty() && waiting.isEmpty()) {
            return;
        }
        String sentence = what + " is not complete." + list("Done", done);
        String remedy = "";
        if (!failed.isEmpty()) {
            remedy = "Correct what the servers name, then run it on those that failed. ";
        }
        if (!waiting.isEmpty()) {
            remedy +=
                    "Those that have not done it yet do it by themselves once they can: look into"
                            + " system.distributed_ddl_queue; raise insert-timeout to wait longer.";
        }
        ErrorCode code = failed.isEmpty() ? ErrorCode.IO_TIMEOUT : ErrorCode.IO_SERVER;
        throw Problem.of(code, sentence + list("Failed", failed) + list("Not yet", waiting))
                .at(place)
                .remedy(remedy.strip())
                .toException();
    }

    private static String list(String title, List<String> hosts) {
        return hosts.isEmpty() ? "" : " " + title + ": " + String.join(", ", hosts) + ".";
    }
}
