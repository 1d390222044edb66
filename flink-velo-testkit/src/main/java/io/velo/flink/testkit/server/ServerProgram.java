// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;

/** How one kind of server is run as a plain process in its place. */
interface ServerProgram extends Readiness.Probe {

    /**
     * Brings the server's packages into the cache, if they are not there.
     *
     * @throws ServerUnavailableException if they cannot be had
     */
    void fetch();

    /** Makes the folder ready for the first start; does nothing on later ones. */
    void prepare() throws IOException;

    /** Starts the process on the place's port and folder. */
    LeashedProcess launch() throws IOException;

    /** The signal, such as {@code TERM}, at which the server ends in good order and soon. */
    String endSignal();
}
