// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.ClusterReader.Node;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the servers of a cluster say about themselves to the server of the URI, which reaches them
 * at their native ports. Each question is asked once. Where the login may not have servers ask one
 * another, nothing is known. For one thread.
 */
final class AskedNodes {

    private static final Logger LOG = LoggerFactory.getLogger(AskedNodes.class);

    private final String cluster;
    private final ClusterReader reader;
    private final Map<String, Map<Node, String>> answers = new HashMap<>();

    AskedNodes(String cluster, HttpTransport transport) {
        this.cluster = cluster;
        this.reader = new ClusterReader(transport);
    }

    /** The {@linkplain ServerPin#IDENTITY identity} of the server. */
    Optional<String> identity(Node node) {
        return answer(node, ServerPin.IDENTITY);
    }

    /** The port at which the server answers over HTTP, or HTTPS. */
    Optional<Integer> httpPort(Node node, boolean tls) {
        return answer(node, tls ? "getServerPort('https_port')" : "getServerPort('http_port')")
                .map(Integer::valueOf)
                .filter(port -> port > 0);
    }

    private Optional<String> answer(Node node, String expression) {
        return Optional.ofNullable(answers.computeIfAbsent(expression, this::ask).get(node));
    }

    private Map<Node, String> ask(String expression) {
        try {
            return reader.onEach(cluster, expression);
        } catch (IOException unknown) {
            LOG.info(
                    "The servers of cluster '{}' do not tell {} through one another: {}",
                    cluster,
                    expression,
                    unknown.getMessage());
            return Map.of();
        }
    }
}
