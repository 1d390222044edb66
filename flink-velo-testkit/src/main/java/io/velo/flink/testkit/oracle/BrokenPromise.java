// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/**
 * An oracle found rows that the promise of a table excludes. Unlike other failures of a test it
 * counts however rarely it comes: see {@link NoSecondChance}.
 */
public final class BrokenPromise extends AssertionError {

    /**
     * @param message the verdict's line, what repeats it and examples
     */
    public BrokenPromise(String message) {
        super(message);
    }
}
