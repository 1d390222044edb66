// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.dlq.DeadLetterFilter;
import io.velo.flink.dist.dlq.DeadLetters;
import io.velo.flink.testkit.cluster.LocalCluster;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a command means. */
final class DlqSelection {

    @Parameters(
            paramLabel = "URI",
            description = "Where the dead letters are: what 'dlq.uri' said. Quote it.")
    private String uri;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description =
                    "An option of the URI's table as in a WITH clause, such as"
                            + " password='$${env:VELO_PASSWORD}'. May be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only letters with this error code, such as VELO-IO-005.")
    private String code;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "Only letters of this table, named as 'velo dlq count' prints it.")
    private String table;

    DeadLetterFilter filter() {
        return new DeadLetterFilter(code, table, null);
    }

    /** The letters that pass the filter. */
    DeadLetters letters(LocalCluster cluster, DeadLetterFilter filter) {
        Map<String, String> with = new LinkedHashMap<>(options);
        with.put("uri", uri);
        return new DeadLetters(cluster, with, filter);
    }

    /** A cluster inside this JVM that reads letters while it writes rows. */
    static LocalCluster cluster() throws Exception {
        return LocalCluster.start(1, 4, Map.of("restart-strategy.type", "none"));
    }
}
