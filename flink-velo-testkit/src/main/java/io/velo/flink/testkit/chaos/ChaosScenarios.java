// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.capture.CaptureScenario;
import io.velo.flink.testkit.capture.HoleRun;
import io.velo.flink.testkit.capture.HoleScenario;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.target.ClickHouseAppends;
import io.velo.flink.testkit.target.ClickHouseTarget;
import io.velo.flink.testkit.target.KafkaTarget;
import io.velo.flink.testkit.target.PostgresTarget;
import io.velo.flink.testkit.target.RedisTarget;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All scenarios. The schemes themselves must be on the class path of whoever runs them. */
public final class ChaosScenarios {

    private static final List<ChaosScenario> ALL =
            List.of(
                    FaultScenario.upserts("clickhouse", "upserts", ClickHouseTarget::new),
                    clickHouseOnce("exactly-once-by-window", ClickHouseAppends.By.WINDOW),
                    clickHouseOnce("exactly-once-by-marker", ClickHouseAppends.By.MARKER),
                    ExactlyOnceKills.of("kills-by-window", ClickHouseAppends.By.WINDOW),
                    ExactlyOnceKills.of("kills-by-marker", ClickHouseAppends.By.MARKER),
                    FaultScenario.upserts("kafka", "upserts", KafkaTarget::new),
                    FaultScenario.upserts("postgresql", "upserts", PostgresTarget::keyed),
                    FaultScenario.appends(
                            "postgresql",
                            "staged-appends",
                            Verdict.Promise.EXACT,
                            PostgresTarget::staged),
                    FaultScenario.appends(
                            "postgresql",
                            "prepared-appends",
                            Verdict.Promise.EXACT,
                            PostgresTarget::prepared),
                    KillScenario.large("postgresql", "staged-kills", PostgresTarget::staged),
                    KillScenario.large("postgresql", "prepared-kills", PostgresTarget::prepared),
                    new CaptureScenario("capture-key", "&snapshot_strategy=key"),
                    new CaptureScenario("capture-ctid", "&snapshot_strategy=ctid"),
                    new HoleScenario("hole-a", HoleRun.Hole.OPEN),
                    new HoleScenario("hole-b", HoleRun.Hole.HELD_BACK),
                    FaultScenario.upserts("redis", "upserts", RedisTarget::new));

    private ChaosScenarios() {}

    private static ChaosScenario clickHouseOnce(String name, ClickHouseAppends.By by) {
        return FaultScenario.appends(
                "clickhouse", name, Verdict.Promise.EXACT, () -> new ClickHouseAppends(by));
    }

    /** All of them. */
    public static List<ChaosScenario> all() {
        return ALL;
    }

    /**
     * The scenarios of one scheme; {@code postgres} is {@code postgresql}.
     *
     * @throws IllegalArgumentException if there are none; the message lists the schemes
     */
    public static List<ChaosScenario> of(String scheme) {
        String wanted = scheme.equals("postgres") ? "postgresql" : scheme;
        List<ChaosScenario> found = ALL.stream().filter(s -> s.scheme().equals(wanted)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "There are no scenarios for '"
                            + scheme
                            + "'. Schemes: "
                            + ALL.stream()
                                    .map(ChaosScenario::scheme)
                                    .collect(Collectors.toCollection(TreeSet::new))
                                    .stream()
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return found;
    }
}
