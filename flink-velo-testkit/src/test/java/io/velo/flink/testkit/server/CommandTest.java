// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Command}. */
class CommandTest {

    @TempDir Path folder;

    @Test
    void whatACommandPrintsIsReturned() throws Exception {
        assertThat(Command.in(folder).with("WORD", "hello").run("sh", "-c", "echo $WORD; pwd"))
                .isEqualTo("hello\n" + folder.toRealPath() + "\n");
    }

    @Test
    void aFailedCommandIsShownWithItsCodeAndOutput() {
        assertThatThrownBy(() -> Command.in(folder).run("sh", "-c", "echo no luck >&2; exit 3"))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining("failed with code 3. It said: no luck");
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithItsChildren() {
        assertThatThrownBy(
                        () ->
                                Command.in(folder)
                                        .within(Duration.ofMillis(300))
                                        .run("sh", "-c", "sleep 98.7654; true"))
                .hasMessageContaining("did not end within");
        assertThat(Eventually.isTrue(() -> ProcessTable.mentioning("98.7654").isEmpty())).isTrue();
    }

    @Test
    void aMissingToolIsNamedWithHowToInstallIt() {
        assertThat(Command.isThere("sh")).isTrue();
        assertThatThrownBy(() -> Command.require("sh", "velo-no-such-tool"))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessage("The program 'velo-no-such-tool' is missing. Install it.");
    }
}
