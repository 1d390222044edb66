// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import java.io.Serializable;

/**
 * The slot that a capture reads and the server it belongs to. Immutable, therefore thread-safe.
 *
 * @param slot the slot, empty if none is needed
 * @param publication the publication
 * @param systemId the identity of the server's data
 * @param timeline the timeline of the server's log when the slot was made
 * @param start where the slot begins
 */
public record CapturePlace(
        String slot, String publication, String systemId, int timeline, long start)
        implements Serializable {

    /** No slot: rows are read once. */
    public static final CapturePlace NONE = new CapturePlace("", "", "", 0, 0);
}
