// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

/** What Ctrl-C does to this process. */
final class Interrupts {

    private Interrupts() {}

    /** From now on Ctrl-C does nothing here; a child that has the terminal still gets it. */
    static void ignore() {
        // Not SIG_IGN: children inherit that, and the SQL Client wants its Ctrl-C.
        sun.misc.Signal.handle(new sun.misc.Signal("INT"), signal -> {});
    }
}
