// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A fault made of two actions and a look at what became of the first. */
record SimpleFault(String title, Runnable onset, BooleanSupplier happened, Supplier<Effect> remedy)
        implements Fault {

    /** A fault that has happened as soon as it has begun. */
    SimpleFault(String title, Runnable onset, Supplier<Effect> remedy) {
        this(title, onset, () -> true, remedy);
    }

    @Override
    public void begin() {
        onset.run();
    }

    @Override
    public boolean hasHappened() {
        return happened.getAsBoolean();
    }

    @Override
    public Effect end() {
        return remedy.get();
    }

    @Override
    public String toString() {
        return title;
    }
}
