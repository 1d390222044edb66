// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The servers of a target, which are replicas of one another: the one that answered last is asked
 * first, and the others as long as nobody takes the connection. Thread-safe.
 */
final class Hosts {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final List<Endpoint> endpoints;
    private final Duration patience;
    private volatile int preferred;

    /** The hosts of this target. */
    Hosts(ClickHouseTarget target) {
        endpoints =
                target.hosts().stream()
                        .map(host -> Endpoint.of(host, target.tls(), target.place()))
                        .toList();
        Duration shorter = target.socketTimeout();
        patience = shorter.compareTo(CONNECT_TIMEOUT) < 0 ? shorter : CONNECT_TIMEOUT;
    }

    /** Who is asked first, as {@code host:port}. */
    String first() {
        return endpoints.get(preferred).authority();
    }

    /**
     * Runs an exchange with the first of them that takes the connection.
     *
     * @param time from the first byte of the request until the reading is done
     */
    <T> T ask(Exchange exchange, Request request, Duration time, Exchange.Reading<T> reading)
            throws IOException {
        int first = preferred;
        IOException refused = null;
        for (int tried = 0; tried < endpoints.size(); tried++) {
            int host = (first + tried) % endpoints.size();
            try {
                return exchange.run(
                        endpoints.get(host),
                        request,
                        patience,
                        time,
                        response -> {
                            preferred = host;
                            return reading.read(response);
                        });
            } catch (IOException failure) {
                if (!HttpTransport.notConnected(failure)) {
                    throw failure;
                }
                refused = failure;
            }
        }
        throw refused;
    }
}
