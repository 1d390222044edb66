// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.secret.Credentials;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;

/**
 * Where one Redis server is, which database of it is meant and who logs in. Prints no secret.
 * Immutable, therefore thread-safe; travels to the workers with its references unread.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param database number of the database, 0 or more
 * @param tls whether the connection is encrypted; the host name in the certificate is then checked
 * @param credentials the login, perhaps empty
 */
record RedisEndpoint(String host, int port, int database, boolean tls, Credentials credentials)
        implements Serializable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

    RedisEndpoint {
        Objects.requireNonNull(host);
        Objects.requireNonNull(credentials);
    }

    /** Host and port as messages print them. */
    String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The endpoint as a URI without login. */
    String shown() {
        return (tls ? "rediss://" : "redis://") + address() + "/" + database;
    }

    /**
     * Opens a connection and logs in.
     *
     * <p>The protocol stays RESP2, which every server version speaks: replies then have one shape.
     *
     * @throws redis.clients.jedis.exceptions.JedisException as the client reports it
     */
    Connection connect() {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .connectionTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
                        .socketTimeoutMillis((int) REPLY_TIMEOUT.toMillis())
                        .clientName("velo")
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .database(database);
        if (credentials.hasPassword()) {
            String user = credentials.user().isEmpty() ? null : credentials.user();
            config.credentials(new DefaultRedisCredentials(user, credentials.password().reveal()));
        }
        return new Connection(
                new InterruptibleSockets(this, CONNECT_TIMEOUT, REPLY_TIMEOUT), config.build());
    }
}
