// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority and the certificates that it signs, made by the JDK's own tool. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        key("ca", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", file("ca.pem"));
    }

    /** The authority's certificate. */
    String authority() {
        return file("ca.pem");
    }

    /** A certificate for this name and time with its key, as {@code name.pem} and {@code .key}. */
    void signed(String name, String host, String start, int days) throws Exception {
        key(name);
        String request = file(name + ".csr");
        keytool("-certreq", "-alias", name, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-outfile",
                file(name + ".pem"),
                "-rfc",
                "-ext",
                "san=" + host,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        writeKey(name);
    }

    /** A certificate that nobody else vouches for. */
    void selfSigned(String name) throws Exception {
        key(name, "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-alias", name, "-rfc", "-file", file(name + ".pem"));
        writeKey(name);
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    private void key(String alias, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-dname",
                                "CN=" + alias,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-validity",
                                "30"));
        words.addAll(List.of(more));
        keytool(words.toArray(String[]::new));
    }

    private void writeKey(String alias) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder().encodeToString(key);
        Path file = folder.resolve(alias + ".key");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(
                List.of(
                        "-keystore",
                        file("store"),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(new File(file("keytool.log")))
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }
}
