// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

/** A direction through a {@link FaultProxy}. */
public enum Way {
    /** From the client to the server: requests. */
    TO_SERVER,
    /** From the server to the client: answers. */
    TO_CLIENT
}
