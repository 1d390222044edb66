// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.option;

/** For which use of a table an option has a meaning. Lookups count as source. */
public enum OptionRole {
    /** Reading: scan, lookup, discovery. */
    SOURCE,
    /** Writing. */
    SINK,
    /** Reading and writing. */
    BOTH;

    /** Whether an option of this role means something in a table used in the given role. */
    public boolean covers(OptionRole use) {
        return this == BOTH || this == use;
    }
}
