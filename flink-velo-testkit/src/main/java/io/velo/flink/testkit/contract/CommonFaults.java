// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.fault.Fault;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.LineFaults;
import io.velo.flink.testkit.fault.ProcessFaults;
import io.velo.flink.testkit.server.Server;
import java.time.Duration;
import java.util.List;

/** The faults that can happen to every server and its line. */
public final class CommonFaults {

    private CommonFaults() {}

    /** One fault of each kind, for a {@link FaultRun}. */
    public static List<Fault> of(Server server, FaultProxy proxy) {
        return List.of(
                ProcessFaults.kill(server),
                LineFaults.loseAnswer(proxy),
                ProcessFaults.pause(server),
                LineFaults.reset(proxy),
                LineFaults.cutRequest(proxy, 1_000),
                LineFaults.hang(proxy),
                LineFaults.slow(proxy, Duration.ofMillis(100), 64 << 10),
                LineFaults.refuse(proxy));
    }
}
