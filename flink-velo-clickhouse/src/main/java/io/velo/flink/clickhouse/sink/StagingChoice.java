// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.ExactlyOnceOptions;
import io.velo.flink.clickhouse.option.ExactlyOnceOptions.ExpiredWindow;
import io.velo.flink.clickhouse.option.ExactlyOnceOptions.Staging;
import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.batch.BatchStrategy;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.CommonOptions.DeliveryGuarantee;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the options say about staging, checked. */
final class StagingChoice {

    private static final List<SchemeOption<?>> EXACTLY_ONCE_ONLY =
            List.of(
                    ExactlyOnceOptions.COMMIT_MARKER,
                    ExactlyOnceOptions.STAGING,
                    ExactlyOnceOptions.STAGING_PATH,
                    ExactlyOnceOptions.EXPIRED_WINDOW,
                    ExactlyOnceOptions.AUTO_TUNE);

    private static final Set<BatchStrategy> SEALED_BY_TIME =
            Set.of(
                    BatchStrategy.TIME_WINDOW,
                    BatchStrategy.ADAPTIVE_SIZE,
                    BatchStrategy.LOW_LATENCY);

    private StagingChoice() {}

    /**
     * The plan of a request.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002} or {@code VELO-OPT-003}
     *     if options contradict each other or the path is missing
     */
    static StagingPlan plan(TableRequest request) {
        ResolvedOptions options = request.options();
        boolean exactlyOnce =
                options.get(CommonOptions.DELIVERY_GUARANTEE) == DeliveryGuarantee.EXACTLY_ONCE;
        for (SchemeOption<?> option : EXACTLY_ONCE_ONLY) {
            if (!exactlyOnce && options.isSet(option)) {
                throw conflict(
                        request,
                        "Option '" + option.key() + "' has a meaning only under exactly-once.",
                        "Remove it, or set 'sink.delivery-guarantee'='exactly-once'.");
            }
        }
        if (exactlyOnce) {
            refuseTime(request);
        }
        boolean files = options.get(ExactlyOnceOptions.STAGING) == Staging.FILESYSTEM;
        String path = options.find(ExactlyOnceOptions.STAGING_PATH).orElse("");
        if (files && path.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_MISSING,
                            "Blocks shall be staged in files, but 'staging-path' is not given.")
                    .at(request.uri().toString())
                    .remedy("Add 'staging-path'='s3://bucket/velo' or another folder.")
                    .toException();
        }
        if (!files && !path.isEmpty()) {
            throw conflict(
                    request,
                    "Option 'staging-path' has a meaning only under 'staging'='filesystem'.",
                    "Remove it, or add 'staging'='filesystem'.");
        }
        boolean resend = options.get(ExactlyOnceOptions.EXPIRED_WINDOW) == ExpiredWindow.RESEND;
        return new StagingPlan(path.endsWith("/") ? trimmed(path) : path, resend);
    }

    /** Only size and checkpoints seal a block whose bytes must never change. */
    private static void refuseTime(TableRequest request) {
        BatchStrategy strategy = request.options().get(BatchOptions.STRATEGY);
        String sentence = "";
        if (request.options().isSet(ClickHouseOptions.BATCH_TIMEOUT)) {
            sentence = "Option 'batch-timeout' has no meaning under exactly-once.";
        } else if (SEALED_BY_TIME.contains(strategy)) {
            String name = strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
            sentence = "Under exactly-once 'batch-strategy' cannot be " + name + ".";
        }
        if (!sentence.isEmpty()) {
            throw conflict(
                    request,
                    sentence,
                    "Remove it: blocks are sealed by 'batch-size', 'batch-bytes' and checkpoints.");
        }
    }

    private static String trimmed(String path) {
        return path.substring(0, path.length() - 1);
    }

    private static RuntimeException conflict(TableRequest request, String sentence, String what) {
        return Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                .at(request.uri().toString())
                .remedy(what)
                .toException();
    }
}
