// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;

/** A connection reached the byte at which it was to be cut. */
final class CutException extends IOException {

    private static final long serialVersionUID = 1L;

    CutException() {
        super("The connection is cut here.");
    }
}
