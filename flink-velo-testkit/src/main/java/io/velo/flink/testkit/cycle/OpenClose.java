// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

/** Opens something, uses it and closes it again, each time anew. */
@FunctionalInterface
public interface OpenClose {

    /**
     * Does it once; nothing may be open afterwards.
     *
     * @throws Exception if it does not work
     */
    void run() throws Exception;
}
