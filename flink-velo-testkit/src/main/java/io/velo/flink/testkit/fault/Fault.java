// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

/** Something that goes wrong for a while. It can begin again after its end. */
public interface Fault {

    /** What goes wrong, in a few words. */
    String title();

    /** Lets it go wrong. */
    void begin();

    /**
     * Whether it has done what it can do, so that it may end: an answer that is to be lost must
     * come first. Most faults have done it as soon as they begin.
     */
    default boolean hasHappened() {
        return true;
    }

    /**
     * Puts it right again.
     *
     * @return whether there was anything that it could disturb
     */
    Effect end();

    /** Whether a fault did anything. */
    enum Effect {
        DISTURBED,
        NOTHING
    }
}
