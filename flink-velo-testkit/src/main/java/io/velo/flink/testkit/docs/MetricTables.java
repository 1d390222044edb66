// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.docs;

import io.velo.flink.common.metric.VeloMetric;
import java.util.Locale;

/** The table of Velo's own metrics, made from {@link VeloMetric}. */
public final class MetricTables {

    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private MetricTables() {}

    /** One row for each metric. */
    public static GeneratedPart velo() {
        StringBuilder table =
                new StringBuilder(
                        "| metric | kind | unit | label | in Prometheus | what it says |\n"
                                + "|---|---|---|---|---|---|\n");
        for (VeloMetric metric : VeloMetric.values()) {
            table.append("| `").append(metric.text()).append("` | ");
            table.append(metric.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
            table.append(metric.unit()).append(" | ");
            table.append(metric.label().isEmpty() ? "" : "`" + metric.label() + "`").append(" | `");
            table.append(prometheusName(metric)).append("` | ");
            table.append(metric.description()).append(" |\n");
        }
        return new GeneratedPart("metrics", table.toString());
    }

    /**
     * What Flink's Prometheus reporter makes of it. The scheme is the value of the label {@code
     * velo}.
     */
    public static String prometheusName(VeloMetric metric) {
        String label = metric.label().isEmpty() ? "" : metric.label() + "_";
        return OPERATOR + "velo_" + label + metric.text();
    }
}
