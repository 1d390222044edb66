// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import io.velo.flink.dist.sandbox.SandboxOptions;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A user's program by {@code flink run} on a cluster that has the bundle and nothing else. */
class FlinkRunITCase {

    @TempDir Path folder;

    @Test
    void runsAProgramThatUsesVelo() throws IOException {
        Path jar = jarOf(UsersJob.class);
        SandboxOptions options = SandboxOptions.standard().withJars(VeloHome.bundle());
        try (RedisServer redis = RedisServer.create();
                Sandbox sandbox = Sandbox.start(options)) {
            RequiredServer.started(redis);

            ProgramOutcome outcome =
                    sandbox.flinkRun(jar, redis.uri() + "?key_pattern=user:{id}&type=hash");

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            try (Jedis jedis = new Jedis(redis.host(), redis.port())) {
                assertThat(jedis.dbSize()).isEqualTo(100);
                assertThat(jedis.hget("user:42", "name")).isEqualTo("user 42");
            }
        }
    }

    @Test
    void reportsAProgramThatFails() throws IOException {
        Path jar = jarOf(UsersJob.class);
        SandboxOptions options = SandboxOptions.standard().withJars(VeloHome.bundle());
        try (Sandbox sandbox = Sandbox.start(options)) {
            ProgramOutcome outcome = sandbox.flinkRun(jar, "redsi://nowhere");

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.output()).contains("VELO-URI-002", "Did you mean 'redis'");
        }
    }

    private Path jarOf(Class<?> program) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.getName());
        Path jar = folder.resolve("program.jar");
        String entry = program.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = program.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        return jar;
    }
}
