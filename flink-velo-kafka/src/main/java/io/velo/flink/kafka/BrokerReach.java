// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.TableRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries whether a broker accepts connections before a Kafka client is let loose on it: the client
 * would go on trying, and logging, for a minute. Stateless, therefore thread-safe.
 */
final class BrokerReach {

    private static final int CONNECT_MILLIS = 1_500;
    private static final int ALL_MILLIS = 3_000;

    private BrokerReach() {}

    /**
     * The first broker that accepts a connection.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-001} if none does
     */
    static String require(TableRequest request) {
        Problems problems = new Problems();
        List<String> brokers = Connection.brokers(request, problems);
        problems.throwIfAny();
        List<String> findings = new ArrayList<>();
        long end = System.nanoTime() + ALL_MILLIS * 1_000_000L;
        for (String broker : brokers) {
            String finding = System.nanoTime() < end ? attempt(broker) : "not tried";
            if (finding.isEmpty()) {
                return broker;
            }
            findings.add(broker + " (" + finding + ")");
        }
        throw Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "No Kafka broker can be reached: "
                                + String.join(
                                        ", ", findings.subList(0, Math.min(5, findings.size())))
                                + (findings.size() > 5 ? ", …" : "")
                                + ".")
                .at(Redacted.uri(request))
                .remedy("Check host and port, and that a broker listens there.")
                .toException();
    }

    /** Returns an empty text, or why it failed. */
    private static String attempt(String broker) {
        int colon = broker.lastIndexOf(':');
        String host = broker.substring(0, colon).replace("[", "").replace("]", "");
        InetSocketAddress address =
                new InetSocketAddress(host, Integer.parseInt(broker.substring(colon + 1)));
        try (Socket socket = new Socket()) {
            if (address.isUnresolved()) {
                throw new UnknownHostException(host);
            }
            socket.connect(address, CONNECT_MILLIS);
            return "";
        } catch (UnknownHostException e) {
            return "unknown host";
        } catch (java.net.SocketTimeoutException e) {
            return "no answer in " + CONNECT_MILLIS + " ms";
        } catch (IOException e) {
            return "refused";
        }
    }
}
