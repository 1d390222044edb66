// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.OtherTables;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.Secret;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;

/**
 * What the options of a table say about rows that cannot be read or written, checked. For planning;
 * {@link #plan} makes of it what travels to the workers. Immutable.
 */
public final class FailureSettings {

    private final RowFate fate;
    private final boolean retriesRows;
    private final DeadLetterOrigin origin;
    private final ResolvedOptions options;
    private final OtherTables.Found target;

    private FailureSettings(
            RowFate fate,
            boolean retriesRows,
            DeadLetterOrigin origin,
            ResolvedOptions options,
            OtherTables.Found target) {
        this.fate = fate;
        this.retriesRows = retriesRows;
        this.origin = origin;
        this.options = options;
        this.target = target;
    }

    /** As {@link FailurePlan#survives()}. */
    public boolean survives() {
        return fate != RowFate.FAIL;
    }

    /**
     * What the options of a request say.
     *
     * @param scheme the canonical name of the request's scheme
     * @param format the format of the values of its dead letters; json for {@link RowJson}
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002} or {@code VELO-OPT-003}
     *     if the options contradict each other or dlq.uri is missing, {@code VELO-CAP-001} if its
     *     scheme takes no dead letters, or what is wrong with the options in it
     */
    public static FailureSettings of(TableRequest request, String scheme, String format) {
        ResolvedOptions options = request.options();
        FailureStrategy strategy = options.get(FailureOptions.STRATEGY);
        RowFate fate =
                switch (strategy) {
                    case FAIL -> RowFate.FAIL;
                    case LOG_AND_CONTINUE -> RowFate.SKIP;
                    case SEND_TO_DLQ -> RowFate.DLQ;
                    case RETRY_WITH_BACKOFF -> options.get(FailureOptions.ON_EXHAUSTED);
                };
        boolean retries = strategy == FailureStrategy.RETRY_WITH_BACKOFF;
        if (!retries && options.isSet(FailureOptions.ON_EXHAUSTED)) {
            throw conflict(
                    request,
                    "Option 'retry.on-exhausted' has a meaning only under"
                            + " 'failure.strategy'='retry-with-backoff'.");
        }
        DeadLetterOrigin origin =
                new DeadLetterOrigin(
                        scheme,
                        request.role() == OptionRole.SINK ? "sink" : "source",
                        request.uri().toString(),
                        request.identifier().asSummaryString(),
                        format);
        return new FailureSettings(
                fate, retries, origin, options, target(request, fate).orElse(null));
    }

    /** What travels to the workers, for a sink that is planned in this context. */
    public FailurePlan plan(DynamicTableSink.Context context) {
        return new FailurePlan(
                fate, retriesRows, origin, target == null ? null : deadLetters(context));
    }

    /** What travels to the workers, for a source. */
    public FailurePlan plan() {
        return plan(new SinkRuntimeProviderContext(false));
    }

    private static Optional<OtherTables.Found> target(TableRequest request, RowFate fate) {
        Optional<Secret> uri = request.options().find(FailureOptions.DLQ_URI);
        if (fate != RowFate.DLQ) {
            for (var option : FailureOptions.ALL) {
                if (option.key().startsWith("dlq.") && request.options().isSet(option)) {
                    throw conflict(
                            request,
                            "Option '"
                                    + option.key()
                                    + "' has a meaning only if rows go to dead letters.");
                }
            }
            return Optional.empty();
        }
        if (uri.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_MISSING,
                            "Rows shall go to dead letters, but 'dlq.uri' is not given.")
                    .at(request.uri().toString())
                    .remedy("Add 'dlq.uri'='kafka://host:9092/dead-letters' or another velo URI.")
                    .toException();
        }
        OtherTables.Found found =
                request.others().toWrite("dlq.uri", uri.get(), DeadLetterTable.SCHEMA);
        if (!(found.scheme() instanceof DeadLetterScheme)) {
            throw Capability.DEAD_LETTERS.refusal(found.scheme().spec().name()).toException();
        }
        return Optional.of(found);
    }

    private DeadLetterPlan deadLetters(DynamicTableSink.Context context) {
        DynamicTableSink sink = ((DeadLetterScheme) target.scheme()).deadLetters(target.request());
        sink.getChangelogMode(ChangelogMode.insertOnly());
        DynamicTableSink.SinkRuntimeProvider provider =
                sink.getSinkRuntimeProvider(new AllColumns(context));
        if (!(provider instanceof SinkV2Provider v2)) {
            throw Capability.DEAD_LETTERS.refusal(target.scheme().spec().name()).toException();
        }
        return new DeadLetterPlan(
                v2.createSink(),
                context.<RowData>createTypeInformation(target.request().physicalType()),
                target.request().uri().toString(),
                options.get(FailureOptions.DLQ_MAX_MESSAGE_BYTES).getBytes(),
                options.get(FailureOptions.DLQ_INCLUDE_PAYLOAD),
                options.get(FailureOptions.DLQ_ON_FAILURE));
    }

    private static RuntimeException conflict(TableRequest request, String sentence) {
        return Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                .at(request.uri().toString())
                .remedy(
                        "Remove it, or set 'failure.strategy' to send-to-dlq or"
                                + " retry-with-backoff.")
                .toException();
    }
}
