// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts servers and prints their URIs, one a line, then waits until standard input ends or the
 * process is asked to end, and closes them. The arguments are kinds, such as {@code redis kafka};
 * without any, all kinds are started.
 */
public final class ServerMain {

    private ServerMain() {}

    /** Ends with code 2 if a kind is unknown, 1 if a server cannot be started. */
    public static void main(String[] arguments) throws IOException {
        Progress.listen(System.err::println);
        List<Server> servers = new ArrayList<>();
        try {
            servers.addAll(
                    Servers.named(
                            arguments.length == 0
                                    ? String.join(",", Servers.kinds())
                                    : String.join(",", arguments)));
            for (Server server : servers) {
                server.start();
                System.out.println(server.uri());
            }
            while (System.in.read() >= 0) {
                // What is typed means nothing; the end of the input does.
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (ServerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } finally {
            servers.forEach(Server::close);
        }
    }
}
