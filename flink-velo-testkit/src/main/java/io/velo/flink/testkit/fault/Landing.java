// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

/**
 * A fault that happened.
 *
 * @param title the fault
 * @param begin the part of the work that was done when it began, from 0 to 1
 * @param end the part of the work that was done when it was over
 * @param effect whether there was anything that it could disturb
 */
public record Landing(String title, double begin, double end, Fault.Effect effect) {

    private static final double FIRST = 0.1;
    private static final double LAST = 0.9;

    /** Whether it disturbed the middle of the work: between 10 and 90 % of it. */
    public boolean counts() {
        return effect == Fault.Effect.DISTURBED && begin >= FIRST && begin <= LAST;
    }
}
