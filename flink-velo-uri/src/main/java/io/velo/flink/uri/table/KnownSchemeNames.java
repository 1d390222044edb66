// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.table;

import java.util.Set;

/** The names that may stand before {@code .url} in an option, as the specification writes it. */
final class KnownSchemeNames {

    private static final Set<String> NAMES =
            Set.of("kafka", "redis", "postgresql", "postgres", "clickhouse", "s3", "file");

    private KnownSchemeNames() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
