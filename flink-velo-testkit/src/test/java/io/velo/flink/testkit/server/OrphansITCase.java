// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ServerMain} in a JVM of its own, ended in all ways a JVM can end. */
class OrphansITCase {

    @TempDir Path work;

    private Process parent;
    private List<ProcessHandle> children;
    private List<String> uris;

    @BeforeEach
    void haveAllPackages() {
        RequiredServer.redis();
        RequiredServer.postgres();
    }

    @AfterEach
    void endParent() {
        if (parent != null) {
            parent.destroyForcibly();
        }
    }

    @Test
    void serversDoNotOutliveAParentThatIsKilled() throws Exception {
        start("redis", "postgres", "kafka", "clickhouse");
        parent.destroyForcibly().waitFor();
        assertNothingIsLeft();
    }

    @Test
    void serversEndWithTheStandardInputOfTheirParent() throws Exception {
        start("redis", "postgres");
        parent.getOutputStream().close();
        assertThat(parent.waitFor()).isZero();
        assertNothingIsLeft();
        assertThat(serverFolders()).isEmpty();
    }

    @Test
    void serversEndWhenTheirParentIsAskedToEnd() throws Exception {
        start("redis", "postgres");
        parent.destroy();
        parent.waitFor();
        assertNothingIsLeft();
        assertThat(serverFolders()).isEmpty();
    }

    @Test
    void anUnknownServerIsRefusedWithCode2() throws Exception {
        parent = TestJvm.running(ServerMain.class, List.of(), "mysql").start();
        assertThat(parent.waitFor()).isEqualTo(2);
    }

    private void start(String... kinds) throws IOException {
        // The folders of a killed parent stay: let them be in one that is deleted.
        List<String> options = List.of("-Xmx128m", "-Djava.io.tmpdir=" + work);
        parent = TestJvm.running(ServerMain.class, options, kinds).start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        uris = new ArrayList<>();
        for (String kind : kinds) {
            uris.add(output.readLine());
        }
        assertThat(uris).doesNotContainNull();
        children = parent.descendants().toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(kinds.length);
    }

    /** Leashes end the servers on their own: nobody here is told when. */
    private void assertNothingIsLeft() {
        Await.untilHolds(
                () -> {
                    assertThat(children).noneMatch(ProcessHandle::isAlive);
                    assertThat(ProcessTable.mentioning(work + "/velo-")).isEmpty();
                    for (String uri : uris) {
                        assertThat(ClaimedPort.isFree(URI.create(uri).getPort())).isTrue();
                    }
                });
    }

    private List<Path> serverFolders() throws IOException {
        try (Stream<Path> entries = Files.list(work)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> entry.getFileName().toString().startsWith("velo-"))
                    .toList();
        }
    }
}
