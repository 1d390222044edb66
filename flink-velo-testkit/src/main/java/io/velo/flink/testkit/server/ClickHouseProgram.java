// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs ClickHouse out of its library, in a JVM of its own.
 *
 * @param shards the native ports of the cluster that it belongs to, perhaps its own alone
 */
record ClickHouseProgram(ServerPlace place, int nativePort, List<Integer> shards)
        implements ServerProgram {

    private static final String SHARD =
            "<shard><weight>%d</weight><replica><host>127.0.0.1</host><port>%d</port>"
                    + "<user>velo</user><password>velo</password></replica></shard>";

    @Override
    public void fetch() {
        library();
        jna();
    }

    @Override
    public void prepare() throws IOException {
        write("clickhouse.config.xml", "config.xml");
        write("clickhouse.users.xml", "users.xml");
        // The folders of the system's logs survive, their tables do not: logging would fail.
        Folders.delete(place.folder().resolve("data/system"));
    }

    @Override
    public LeashedProcess launch() throws IOException {
        List<String> words =
                place.java(
                                ClickHouseChild.class.getName(),
                                jna(),
                                library().toString(),
                                place.folder().resolve("config.xml").toString())
                        .option("-Xmx64m")
                        .option("-Xrs")
                        .property("jna.tmpdir", place.folder())
                        .words();
        return LeashedProcess.jvm(words, place.folder(), place.log());
    }

    @Override
    public boolean answers() throws IOException {
        return new ClickHouseProbe(place.port()).answers();
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    private void write(String template, String file) throws IOException {
        try (InputStream content = ClickHouseProgram.class.getResourceAsStream(template)) {
            String settings =
                    new String(content.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@HTTP_PORT@", Integer.toString(place.port()))
                            .replace("@NATIVE_PORT@", Integer.toString(nativePort))
                            .replace("@SHARDS@", shardList())
                            .replace("@FOLDER@", place.folder().toString());
            Files.writeString(place.folder().resolve(file), settings);
        }
    }

    private String shardList() {
        return IntStream.range(0, shards.size())
                .mapToObj(shard -> SHARD.formatted(shard + 1, shards.get(shard)))
                .collect(Collectors.joining());
    }

    private static Path library() {
        String name = "@chdb/lib-" + Platform.current().chdb();
        String version = ServerVersions.CHDB;
        return PackageCache.ofUser()
                .entry(
                        "clickhouse-" + version + "-" + Platform.current().chdb(),
                        folder -> new NpmPackage(name, version).fetch(folder, "180 MB"))
                .resolve("package/libchdb.so");
    }

    private static Path jna() {
        return PackageCache.ofUser()
                .entry(
                        "jna-" + ServerVersions.JNA,
                        folder ->
                                new MavenPackage("net.java.dev.jna", "jna", ServerVersions.JNA)
                                        .fetchAlone(folder));
    }
}
