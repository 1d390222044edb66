// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

/**
 * How a program that was run against a sandbox ended.
 *
 * @param exitCode 0 if everything went well
 * @param output all that it printed, without terminal colours
 */
public record ProgramOutcome(int exitCode, String output) {

    /** Whether everything went well. */
    public boolean succeeded() {
        return exitCode == 0;
    }
}
