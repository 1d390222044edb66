// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.failure;

import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.retry.RetryOptions;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.UriForm;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/**
 * {@code picky://name}: a server in this JVM that rejects single rows and is sometimes away, for
 * tests about both.
 */
public final class PickyScheme implements DeadLetterScheme {

    private static final SchemeSpec SPEC =
            SchemeSpec.of("picky")
                    .summary("Rejects rows with a negative id, for tests.")
                    .form(UriForm.LOCATION)
                    .options(CommonOptions.BATCH_SIZE.defaultValue(7))
                    .options(RetryOptions.ALL)
                    .options(FailureOptions.FOR_SINK)
                    .example("picky://orders", "Writes.")
                    .delivers("At least once.")
                    .build();

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        return new TableSink(
                request.uri().authority(),
                request.physicalType(),
                RetryPlan.of(request.options()),
                request.options().get(CommonOptions.BATCH_SIZE.defaultValue(7)),
                FailureSettings.of(request, SPEC.name(), "json"));
    }

    private record TableSink(
            String name, DataType type, RetryPlan retry, int batchSize, FailureSettings failure)
            implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.insertOnly();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(
                    new PickySink(name, type, retry, batchSize, failure.plan(context)));
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "picky";
        }
    }
}
