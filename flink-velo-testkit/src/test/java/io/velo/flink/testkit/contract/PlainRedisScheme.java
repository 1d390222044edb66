// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.SinkScheme;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.uri.HostPort;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.testkit.target.RespConnection;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * The simplest sink that passes the fault contract, to try the contract itself: rows of a workload
 * as hashes under {@code table:id}. It does not repeat anything; after a failure the job does.
 */
public final class PlainRedisScheme implements SinkScheme {

    static final int TIMEOUT_MILLIS = 3_000;

    /** The same with a bug: checkpoints do not wait for what has gathered. */
    static final String FORGETFUL = "forgetfulredis";

    private static final int BATCH = 1_000;

    @Override
    public SchemeSpec spec() {
        return SchemeSpec.of("plainredis", FORGETFUL)
                .summary("Writes hashes, for tests.")
                .login()
                .example("plainredis://user@host/table", "Writes.")
                .build();
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        VeloUri uri = request.uri();
        HostPort host = uri.hosts().get(0);
        return new TableSink(
                new Hashes(
                        host.host(),
                        host.port(),
                        request.credentials().password(),
                        uri.pathSegments().get(0),
                        uri.scheme().equals(FORGETFUL)));
    }

    private record TableSink(Hashes hashes) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.upsert();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(hashes);
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "plain redis";
        }
    }

    private record Hashes(String host, int port, Secret password, String table, boolean forgetful)
            implements Sink<RowData>, Serializable {

        @Override
        public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
            try {
                return new Writer(
                        new RespConnection(host, port, password.reveal(), TIMEOUT_MILLIS),
                        table,
                        forgetful);
            } catch (IOException e) {
                throw Problem.of(ErrorCode.IO_UNREACHABLE, "Redis does not answer.")
                        .at("plainredis://" + host + ":" + port)
                        .remedy("Start it.")
                        .toException(e);
            }
        }
    }

    private static final class Writer implements SinkWriter<RowData> {

        private final RespConnection connection;
        private final String table;
        private final boolean forgetful;
        private final List<String[]> batch = new ArrayList<>();

        Writer(RespConnection connection, String table, boolean forgetful) {
            this.forgetful = forgetful;
            this.connection = connection;
            this.table = table;
        }

        @Override
        public void write(RowData row, Context context) throws IOException {
            String key = table + ":" + row.getLong(0);
            if (row.getRowKind() == RowKind.DELETE) {
                batch.add(new String[] {"DEL", key});
            } else {
                batch.add(
                        new String[] {
                            "HSET",
                            key,
                            "id",
                            Long.toString(row.getLong(0)),
                            "writer",
                            Integer.toString(row.getInt(1)),
                            "seq",
                            Long.toString(row.getLong(2)),
                            "payload",
                            row.getString(3).toString(),
                            "balance",
                            Long.toString(row.getLong(4))
                        });
            }
            if (batch.size() >= BATCH) {
                send();
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput || !forgetful) {
                send();
            }
        }

        private void send() throws IOException {
            for (String[] command : batch) {
                connection.send(command);
            }
            connection.flush();
            for (int i = 0; i < batch.size(); i++) {
                connection.reply();
            }
            batch.clear();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
