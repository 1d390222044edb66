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
