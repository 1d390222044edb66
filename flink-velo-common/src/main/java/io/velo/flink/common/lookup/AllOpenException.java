// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

/** The circuit breakers of all endpoints are open: nobody was asked. */
final class AllOpenException extends Exception {

    private static final long serialVersionUID = 1L;

    AllOpenException() {
        super("All endpoints are left alone.", null, false, false);
    }
}
