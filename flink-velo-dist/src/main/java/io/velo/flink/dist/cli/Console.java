// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import java.time.Duration;
import java.time.Instant;

/**
 * What the command line says while it works: to standard error, so that standard output holds
 * results only. Thread-safe.
 */
final class Console {

    private final Instant start = Instant.now();

    /** Says a sentence with the seconds since the command began. */
    void say(String sentence) {
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        System.err.printf("[%3d s] %s%n", seconds, sentence);
    }
}
