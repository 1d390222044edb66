// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.EndpointBreaker;
import io.velo.flink.common.retry.RetryMetrics;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows under the keys of a template.
 *
 * <p>At least once: a checkpoint completes only after every row before it was acknowledged by the
 * server. Writing a row again changes nothing, so the final state is that of each row once.
 */
final class RedisSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;
    private final KeyTemplate template;
    private final RowEncoder encoder;

    RedisSink(WritePlan plan, KeyTemplate template, RowEncoder encoder) {
        this.plan = plan;
        this.template = template;
        this.encoder = encoder;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), RedisScheme.NAME);
        EndpointBreaker breaker = EndpointBreaker.of(plan.endpoint().shown(), plan.breaker());
        breaker.register(metrics);
        RedisSession session =
                new RedisSession(
                        plan.endpoint(),
                        plan.retry(),
                        new RetryMetrics(metrics, "A write to " + plan.table()),
                        breaker);
        session.health().register(metrics);
        try {
            session.open();
            FailureHandler failures = plan.failure().open(context, metrics);
            return new RedisWriter(
                    session,
                    new WriteBuffer(plan.table(), template, encoder),
                    plan,
                    failures,
                    context,
                    metrics);
        } catch (InterruptedException e) {
            session.close();
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while it connected to Redis.", e);
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
