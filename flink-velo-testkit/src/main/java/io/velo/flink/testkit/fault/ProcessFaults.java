// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import io.velo.flink.testkit.fault.Fault.Effect;
import io.velo.flink.testkit.server.Server;
import java.util.List;

/** Faults of a server's processes. They act on servers that the testkit started, no others. */
public final class ProcessFaults {

    private ProcessFaults() {}

    /** Kills all processes of the server (SIGKILL) and starts it again with its data. */
    public static Fault kill(Server server) {
        return new ProcessFault(server, "kill " + server.kind(), server::kill, server::start);
    }

    /** Freezes all processes of the server (SIGSTOP): it accepts connections and never answers. */
    public static Fault pause(Server server) {
        return new ProcessFault(server, "pause " + server.kind(), server::pause, server::resume);
    }

    /** Asks the server to end in good order and starts it again. */
    public static Fault restart(Server server) {
        return new ProcessFault(server, "restart " + server.kind(), server::stop, server::start);
    }

    /** A fault that had an effect if the server was running when it began. */
    private static final class ProcessFault implements Fault {

        private final Server server;
        private final String title;
        private final Runnable onset;
        private final Runnable remedy;
        private List<Long> victims = List.of();

        ProcessFault(Server server, String title, Runnable onset, Runnable remedy) {
            this.server = server;
            this.title = title;
            this.onset = onset;
            this.remedy = remedy;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public void begin() {
            victims = server.isRunning() ? server.pids() : List.of();
            onset.run();
        }

        @Override
        public Effect end() {
            remedy.run();
            return victims.isEmpty() ? Effect.NOTHING : Effect.DISTURBED;
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
