// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.retry.EndpointBreaker;
import io.velo.flink.common.retry.EndpointHealth;

/**
 * A server with what is known of it. Thread-safe.
 *
 * @param server answers
 * @param breaker leaves it alone when it keeps failing
 * @param health how well it is
 */
record Endpoint<K>(LookupServer<K> server, EndpointBreaker breaker, EndpointHealth health) {

    static <K> Endpoint<K> of(LookupServer<K> server, LookupSettings settings) {
        return new Endpoint<>(
                server,
                EndpointBreaker.of(server.endpoint(), settings.breaker()),
                new EndpointHealth());
    }

    void succeeded() {
        breaker.succeeded();
        health.good();
    }

    void failed() {
        breaker.failed();
        health.bad();
    }
}
