// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

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

    private final RedisEndpoint endpoint;
    private final String table;
    private final KeyTemplate template;
    private final RowEncoder encoder;
    private final WriteBatching batching;
    private final Backoff backoff;

    RedisSink(
            RedisEndpoint endpoint,
            String table,
            KeyTemplate template,
            RowEncoder encoder,
            WriteBatching batching,
            Backoff backoff) {
        this.endpoint = endpoint;
        this.table = table;
        this.template = template;
        this.encoder = encoder;
        this.batching = batching;
        this.backoff = backoff;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        RedisSession session = new RedisSession(endpoint, backoff);
        try {
            session.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while it connected to Redis.", e);
        }
        return new RedisWriter(
                session,
                new WriteBuffer(table, template, encoder),
                batching,
                context.getProcessingTimeService(),
                context.metricGroup());
    }
}
