// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs one Redis server that appends every write to a file before it answers. */
record RedisProgram(ServerPlace place, String password) implements ServerProgram {

    @Override
    public void fetch() {
        try {
            RedisPackage.get();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis cannot be fetched.", e);
        }
    }

    @Override
    public void prepare() throws IOException {
        Path data = Files.createDirectories(place.folder().resolve("data"));
        String settings =
                "bind 127.0.0.1\nport "
                        + place.port()
                        + "\ndir "
                        + data
                        + "\nappendonly yes\nappendfsync always\nsave \"\"\n";
        // In the file, for everybody can read command lines.
        String secret = password.isEmpty() ? "" : "requirepass " + password + "\n";
        Files.writeString(settings(), settings + secret);
    }

    @Override
    public LeashedProcess launch() throws IOException {
        RedisPackage redis = RedisPackage.get();
        return LeashedProcess.program(
                List.of(redis.program().toString(), settings().toString()),
                redis.environment(),
                place.folder(),
                place.log());
    }

    @Override
    public boolean answers() throws IOException {
        return new RedisProbe(place.port()).answers();
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    private Path settings() {
        return place.folder().resolve("redis.conf");
    }
}
