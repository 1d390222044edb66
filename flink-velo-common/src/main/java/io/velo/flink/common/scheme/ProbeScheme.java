// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

/** A scheme that can say whether its target is reachable and permitted, and why not. */
public interface ProbeScheme extends Scheme {

    /**
     * Checks address, login, privileges and the object, in this order, and stops at the first
     * failure that makes the rest pointless. Changes nothing at the target. Failures are part of
     * the report and not thrown.
     */
    ProbeReport probe(TableRequest request);
}
