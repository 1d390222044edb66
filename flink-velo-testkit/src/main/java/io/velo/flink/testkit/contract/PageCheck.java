// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.testkit.docs.GeneratedPart;
import io.velo.flink.testkit.docs.SchemeTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks that a scheme has its page, with every section and current tables. */
final class PageCheck {

    private static final List<String> SECTIONS =
            List.of(
                    "Overview",
                    "Features",
                    "Prerequisites",
                    "Configuration",
                    "Architecture",
                    "Type mappings",
                    "Usage",
                    "Error handling",
                    "Performance",
                    "Limitations",
                    "References");

    private final Scheme scheme;

    PageCheck(Scheme scheme) {
        this.scheme = scheme;
    }

    void run() {
        Path page =
                Path.of(System.getProperty("velo.repository", ".")).resolve(scheme.spec().page());
        assertThat(page).as("Write the page of the scheme.").exists();
        String text = read(page);
        for (String section : SECTIONS) {
            assertThat(text).as("section in %s", page).contains("\n## " + section + "\n");
        }
        for (GeneratedPart part : SchemeTables.of(scheme)) {
            assertThat(part.isCurrentIn(text))
                    .as("Run ./velo docs: the table '%s' of %s is stale.", part.name(), page)
                    .isTrue();
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
