// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.util.function.Supplier;

/** A fault made of two actions. */
record SimpleFault(String title, Runnable onset, Supplier<Effect> remedy) implements Fault {

    @Override
    public void begin() {
        onset.run();
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
