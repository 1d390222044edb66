// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens sockets whose waiting ends when their thread is interrupted, as Flink does to cancel a
 * task: those of channels do, others wait until their timeout. Immutable, therefore thread-safe.
 */
final class InterruptibleSockets implements JedisSocketFactory {

    private final RedisEndpoint endpoint;
    private final Duration connectTimeout;
    private final Duration replyTimeout;

    InterruptibleSockets(RedisEndpoint endpoint, Duration connectTimeout, Duration replyTimeout) {
        this.endpoint = endpoint;
        this.connectTimeout = connectTimeout;
        this.replyTimeout = replyTimeout;
    }

    @Override
    public Socket createSocket() {
        try {
            Socket socket = connect();
            return endpoint.tls() ? encrypted(socket) : socket;
        } catch (IOException e) {
            throw new JedisConnectionException("No connection to " + endpoint.address() + ".", e);
        }
    }

    /** Connects to the first address of the host that answers. */
    private Socket connect() throws IOException {
        IOException last = new UnknownHostException(endpoint.host());
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            SocketChannel channel = SocketChannel.open();
            try {
                Socket socket = channel.socket();
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.connect(
                        new InetSocketAddress(address, endpoint.port()),
                        (int) connectTimeout.toMillis());
                socket.setSoTimeout((int) replyTimeout.toMillis());
                return socket;
            } catch (IOException e) {
                channel.close();
                last = e;
            }
        }
        throw last;
    }

    /** By the JVM's trust store, and the host name is checked. */
    private Socket encrypted(Socket plain) throws IOException {
        try {
            SSLSocketFactory factory = SslOptions.defaults().createSslContext().getSocketFactory();
            SSLSocket socket =
                    (SSLSocket) factory.createSocket(plain, endpoint.host(), endpoint.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        } catch (GeneralSecurityException e) {
            plain.close();
            throw new SSLException("The JVM's trust store cannot be used.", e);
        }
    }
}
