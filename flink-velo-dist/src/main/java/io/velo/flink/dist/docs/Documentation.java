// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.docs;

import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.testkit.docs.GeneratedPart;
import io.velo.flink.testkit.docs.MetricTables;
import io.velo.flink.testkit.docs.SchemeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pages of the documentation that hold tables made from code: the README, the metrics, and one
 * page for each scheme on the class path. Immutable, therefore thread-safe.
 */
public final class Documentation {

    private final Map<Path, List<GeneratedPart>> parts;

    private Documentation(Map<Path, List<GeneratedPart>> parts) {
        this.parts = parts;
    }

    /** The documentation of a checkout. */
    public static Documentation in(Path repository) {
        List<Scheme> schemes = SchemeRegistry.load(Documentation.class.getClassLoader()).schemes();
        Map<Path, List<GeneratedPart>> parts = new LinkedHashMap<>();
        parts.put(
                repository.resolve("README.md"),
                List.of(new GeneratedPart("schemes", SchemeTables.capabilities(schemes))));
        parts.put(repository.resolve("docs/metrics.md"), List.of(MetricTables.velo()));
        for (Scheme scheme : schemes) {
            parts.put(repository.resolve(scheme.spec().page()), SchemeTables.of(scheme));
        }
        return new Documentation(parts);
    }

    /** The pages that {@link #write} would change. */
    public List<Path> stale() throws IOException {
        List<Path> stale = new ArrayList<>();
        for (Path page : parts.keySet()) {
            if (!current(page).equals(Files.readString(page))) {
                stale.add(page);
            }
        }
        return stale;
    }

    /** Writes the pages that are stale and returns them. */
    public List<Path> write() throws IOException {
        List<Path> stale = stale();
        for (Path page : stale) {
            Files.writeString(page, current(page));
        }
        return stale;
    }

    private String current(Path page) throws IOException {
        String text = Files.readString(page);
        for (GeneratedPart part : parts.get(page)) {
            text = part.insertInto(text);
        }
        return text;
    }
}
