// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

/** A scheme that can say which columns the object of a URI has. */
public interface DiscoverableScheme extends Scheme {

    /**
     * The schema of what the URI names. Connects to the system, on the client and at planning time
     * only; changes nothing there; ends within {@link TableRequest#DISCOVERY_DEADLINE}. The caller
     * keeps the result, so an implementation needs no cache.
     *
     * @throws io.velo.flink.common.error.VeloException if the object does not exist, has no
     *     discoverable columns (then the message shows how to declare them), or the endpoint cannot
     *     be asked
     */
    DiscoveredTable discover(TableRequest request);
}
