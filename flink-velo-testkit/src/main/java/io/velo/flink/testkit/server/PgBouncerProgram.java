// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one PgBouncer. */
record PgBouncerProgram(ServerPlace place, PostgresServer target, PgBouncerServer.PoolMode mode)
        implements ServerProgram {

    private static final DebianPackages DEBIAN =
            new DebianPackages(List.of("pgbouncer", "libevent-2.1-7", "libc-ares2"));

    @Override
    public void fetch() {
        try {
            root();
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer cannot be fetched.", e);
        }
    }

    private static Path root() throws IOException {
        if (!Platform.current().isLinux() || !DebianPackages.areThere()) {
            throw new ServerUnavailableException(
                    "PgBouncer comes as a package of Debian, and this is no Debian.");
        }
        return PackageCache.ofUser()
                .entry(
                        "pgbouncer-debian-"
                                + DebianPackages.release()
                                + "-"
                                + Platform.current().redis(),
                        folder -> {
                            DEBIAN.fetch(folder);
                            Command command = Command.in(folder);
                            environment(folder).forEach(command::with);
                            command.run(program(folder), "--version");
                        });
    }

    private static String program(Path root) {
        return root.resolve("usr/sbin/pgbouncer").toString();
    }

    private static Map<String, String> environment(Path root) {
        Path libraries = root.resolve("usr/lib").resolve(Platform.current().debianLibraries());
        return Map.of("LD_LIBRARY_PATH", libraries.toString());
    }

    @Override
    public void prepare() throws IOException {
        Files.writeString(
                place.folder().resolve("users.txt"),
                '"' + target.username() + "\" \"" + target.password() + "\"\n");
        Files.writeString(
                settings(),
                "[databases]\n* = host="
                        + target.host()
                        + " port="
                        + target.port()
                        + "\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = "
                        + place.port()
                        + "\nunix_socket_dir =\nauth_type = plain\nauth_file = "
                        + place.folder().resolve("users.txt")
                        + "\npool_mode = "
                        + mode.word()
                        + "\nignore_startup_parameters = extra_float_digits\n");
    }

    @Override
    public LeashedProcess launch() throws IOException {
        Path root = root();
        return LeashedProcess.program(
                words(List.of(program(root), settings().toString())),
                environment(root),
                place.folder(),
                place.log());
    }

    /** PgBouncer refuses to run as root, so root becomes nobody in a user namespace of its own. */
    private List<String> words(List<String> program) throws IOException {
        List<String> words = new ArrayList<>();
        if (Files.getAttribute(place.folder(), "unix:uid").equals(0)) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(program);
        return words;
    }

    /** It sends nothing before it is spoken to. */
    @Override
    public boolean answers() throws IOException {
        try (Loopback connection = new Loopback(place.port())) {
            return true;
        }
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    private Path settings() {
        return place.folder().resolve("pgbouncer.ini");
    }
}
