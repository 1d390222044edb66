// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection over which requests and answers go in turns. One thread at a time uses it, and
 * blocks. {@link #abort()} from another thread, or an interrupt, ends that and the connection; the
 * socket of a channel, unlike others, obeys an interrupt.
 */
final class Connection {

    /** The JDK copies what it writes to a buffer of that size outside of the heap, and keeps it. */
    private static final int SLICE_BYTES = 64 << 10;

    /** A body of that size goes out together with the head. */
    private static final int SMALL_BODY = 16 << 10;

    private final Endpoint endpoint;
    private final SSLContext tls;
    private final SocketChannel channel;
    private Socket socket;
    private ConnectionInput input;
    private OutputStream output;
    private String prefix = "";

    /** A connection that is not open yet. */
    Connection(Endpoint endpoint, SSLContext tls) throws IOException {
        this.endpoint = endpoint;
        this.tls = tls;
        this.channel = SocketChannel.open();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    ConnectionInput input() {
        return input;
    }

    /**
     * Connects, through the proxy if there is one, and agrees on TLS if it is asked for.
     *
     * @throws IOException one for which {@link HttpTransport#notConnected} holds, if the server
     *     cannot be reached
     */
    void open(Duration patience) throws IOException {
        InetSocketAddress proxy = endpoint.proxy();
        socket = channel.socket();
        connect(proxy, patience);
        socket.setTcpNoDelay(true);
        silence(patience);
        use(socket);
        if (proxy != null && !endpoint.tls()) {
            prefix = endpoint.origin();
        }
        if (!endpoint.tls()) {
            return;
        }
        try {
            if (proxy != null) {
                openTunnel();
            }
            agreeOnTls();
        } catch (IOException failure) {
            throw unopened(failure);
        }
    }

    private void agreeOnTls() throws IOException {
        SSLSocket secret =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secret.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secret.setSSLParameters(parameters);
        secret.startHandshake();
        use(secret);
    }

    /**
     * What a failure before the first byte of a request means: who hangs up or says nothing may do
     * better later, or another host; who shows a wrong certificate will not.
     */
    private static IOException unopened(IOException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return failure;
        }
        Throwable cause = failure instanceof SSLException ? failure.getCause() : failure;
        if (cause instanceof SocketTimeoutException) {
            return new HttpConnectTimeoutException("The server does not answer connections.");
        }
        boolean hungUp = cause instanceof EOFException || cause instanceof SocketException;
        return hungUp
                ? (IOException)
                        new ConnectException("The connection ended while it was opened.")
                                .initCause(failure)
                : failure;
    }

    private void connect(InetSocketAddress proxy, Duration patience) throws IOException {
        InetSocketAddress address =
                proxy == null ? new InetSocketAddress(endpoint.host(), endpoint.port()) : proxy;
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        try {
            socket.connect(address, millis(patience));
        } catch (SocketTimeoutException late) {
            throw new HttpConnectTimeoutException("The server does not answer connections.");
        } catch (IOException refused) {
            if (Thread.currentThread().isInterrupted() || refused instanceof ConnectException) {
                throw refused;
            }
            throw (IOException) new ConnectException(refused.getMessage()).initCause(refused);
        }
    }

    private void use(Socket current) throws IOException {
        socket = current;
        input = new ConnectionInput(current.getInputStream());
        output = current.getOutputStream();
    }

    private void openTunnel() throws IOException {
        String target = endpoint.host() + ":" + endpoint.port();
        String head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        output.write(head.getBytes(StandardCharsets.ISO_8859_1));
        int status = ResponseHead.read(input).status();
        if (status != 200) {
            throw new IOException("The proxy refuses the way to the server: status " + status);
        }
    }

    /** From now on no answer is waited for longer. */
    void silence(Duration most) throws IOException {
        socket.setSoTimeout(millis(most));
    }

    /**
     * Sends a request.
     *
     * @return whether all of it went out; if not, the server has answered before, or is gone
     */
    boolean send(Request request) throws IOException {
        byte[] head = request.head(endpoint, prefix);
        int body = request.body().stream().mapToInt(ByteBuffer::remaining).sum();
        if (body <= SMALL_BODY) {
            ByteBuffer all = ByteBuffer.allocate(head.length + body).put(head);
            request.body().forEach(piece -> all.put(piece.duplicate()));
            output.write(all.array());
            return true;
        }
        output.write(head);
        for (ByteBuffer piece : request.body()) {
            if (!sendBody(piece.duplicate())) {
                return false;
            }
        }
        return true;
    }

    private boolean sendBody(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            int length = Math.min(SLICE_BYTES, piece.remaining());
            try {
                // Over TLS bytes may come at any time that are no answer.
                if (!endpoint.tls() && input.hasMore()) {
                    return false;
                }
                output.write(piece.array(), piece.arrayOffset() + piece.position(), length);
            } catch (IOException broken) {
                // Who refuses a body may close before it was sent; the answer is there to read.
                if (channel.isOpen()) {
                    return false;
                }
                throw broken;
            }
            piece.position(piece.position() + length);
        }
        return true;
    }

    /** Whether the server has closed the connection, or sends what nobody asked for. */
    boolean isStale() {
        try {
            channel.configureBlocking(false);
            int got = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return got != 0 || input.hasMore();
        } catch (IOException broken) {
            return true;
        }
    }

    /** What a failure of this connection is called, apart from what its socket says. */
    IOException explained(IOException failure) {
        if (failure instanceof ServerFailure) {
            return failure;
        }
        if (Thread.currentThread().isInterrupted()) {
            return (IOException) new InterruptedIOException().initCause(failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return new HttpTimeoutException("The server is silent.");
        }
        boolean broken =
                failure instanceof SSLException && !(failure instanceof SSLHandshakeException);
        return broken ? new IOException("The connection broke.", failure) : failure;
    }

    /** Ends the connection and whatever waits for it. */
    void abort() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is of no use any more in either case.
        }
    }

    private static int millis(Duration time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
    }
}
