// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    @TempDir Path folder;

    @AfterEach
    void forgetPolicy() {
        System.clearProperty(SecurityPolicy.SECRET_DIRS);
        System.clearProperty(SecurityPolicy.ENV_PREFIXES);
    }

    @Test
    void leavesTemplatesAndPlainTextAlone() {
        assertThat(References.resolve("year=${year}/{id}/$x/${"))
                .isEqualTo("year=${year}/{id}/$x/${");
        assertThat(References.isReference("${year}")).isFalse();
        assertThat(References.isReference("x${year}${env:VELO_X}")).isTrue();
    }

    @Test
    void refusesEnvironmentVariablesOffTheAllowList() {
        for (String name : new String[] {"PATH", "AWS_SECRET_ACCESS_KEY", "HOME"}) {
            assertThatThrownBy(() -> References.resolve("${env:" + name + "}"))
                    .hasMessageContaining("VELO-SEC-001")
                    .hasMessageContaining("velo.security.env-prefixes");
        }
    }

    @Test
    void readsEnvironmentVariablesWhosePrefixTheOperatorAllows() {
        System.setProperty(SecurityPolicy.ENV_PREFIXES, "VELO_,PATH");

        assertThat(References.resolve("a${env:PATH}b"))
                .isEqualTo("a" + System.getenv("PATH") + "b");
        assertThatThrownBy(() -> References.resolve("${env:VELO_NO_SUCH_VARIABLE}"))
                .hasMessageContaining("VELO-SEC-002");
    }

    @Test
    void readsFilesInSecretDirectoriesOnly() throws Exception {
        Path secret = Files.writeString(folder.resolve("pw"), "s3cret\n");
        Path outside = Files.createTempFile("velo", "outside");
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        assertThatThrownBy(() -> References.resolve("${file:" + secret + "}"))
                .hasMessageContaining("VELO-SEC-001");
        System.setProperty(SecurityPolicy.SECRET_DIRS, folder.toString());
        assertThat(References.resolve("${file:" + secret + "}")).isEqualTo("s3cret");
        for (String name :
                new String[] {
                    link.toString(),
                    outside.toString(),
                    folder + "/../" + outside.getFileName(),
                    "../x",
                    "/etc/shadow"
                }) {
            assertThatThrownBy(() -> References.resolve("${file:" + name + "}"))
                    .hasMessageContaining("VELO-SEC-00");
        }
        Files.delete(outside);
    }

    @Test
    void keepsInlineSecretsBehindAReferenceAndPrintsNeither() {
        String reference = InlineCredentials.keep("VELOCANARY");

        assertThat(reference).startsWith("${catalog:").doesNotContain("VELOCANARY");
        assertThat(InlineCredentials.keep("VELOCANARY")).isEqualTo(reference);
        Secret secret = Secret.of(reference);
        assertThat(secret.reveal()).isEqualTo("VELOCANARY");
        assertThat(secret).hasToString("***");
        assertThat(new Credentials("app", Secret.of("VELOCANARY")).toString())
                .doesNotContain("VELOCANARY");
        assertThatThrownBy(() -> References.resolve("${catalog:elsewhere}"))
                .hasMessageContaining("another session");
    }

    @Test
    void sendsInlineSecretsToWorkersAsThemselvesAndOtherReferencesUnread() throws Exception {
        Secret inline = Secret.of(InlineCredentials.keep("VELOCANARY"));
        Secret reference = Secret.of("${env:VELO_SOMEWHERE_ELSE}");

        assertThat(sent(inline).written()).isEqualTo("VELOCANARY");
        assertThat(sent(reference).written()).isEqualTo("${env:VELO_SOMEWHERE_ELSE}");
    }

    private static Secret sent(Secret secret) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(secret);
        return (Secret)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }
}
