// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads strings that hold one JSON object each: GET, then the fields that are asked for in one pass
 * over the text.
 */
final class StringDecoder implements ValueDecoder {

    private static final JsonFactory JSON = new JsonFactory();

    private final String table;
    private final ValueColumn[] columns;
    private final JsonReader[] readers;
    private final Map<String, Integer> byName = new HashMap<>();

    StringDecoder(LookupPlan plan) {
        this.table = plan.table();
        this.columns = plan.values().toArray(new ValueColumn[0]);
        this.readers = new JsonReader[columns.length];
        for (int i = 0; i < columns.length; i++) {
            readers[i] = JsonReaders.of(columns[i].type()).orElseThrow();
            byName.put(columns[i].name(), i);
        }
    }

    @Override
    public void answer(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        CommandBatch batch = new CommandBatch();
        for (LookupRequest request : requests) {
            batch.single(new CommandArguments(Command.GET).add(request.key()));
        }
        Object[] replies = session.run(batch);
        for (int i = 0; i < replies.length; i++) {
            answer(session, requests.get(i), replies[i]);
        }
    }

    private void answer(RedisSession session, LookupRequest request, Object reply) {
        if (reply == null) {
            request.missed();
        } else if (reply instanceof JedisDataException error) {
            request.failed(RedisProblems.reply(session.endpoint(), error));
        } else {
            try {
                read((byte[]) reply, request.row());
                request.found();
            } catch (VeloException e) {
                request.failed(e);
            } catch (IOException e) {
                request.failed(noObject(e));
            }
        }
    }

    private void read(byte[] json, GenericRowData row) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noObject(null);
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Integer column = byName.get(parser.currentName());
                parser.nextToken();
                if (column == null) {
                    parser.skipChildren();
                } else {
                    row.setField(columns[column].position(), value(column, parser));
                }
            }
        }
        for (ValueColumn column : columns) {
            if (!column.type().isNullable() && row.isNullAt(column.position())) {
                throw column.missing(table);
            }
        }
    }

    private Object value(int column, JsonParser parser) throws IOException {
        try {
            return readers[column].read(parser);
        } catch (RuntimeException e) {
            throw columns[column].invalid(table, e);
        }
    }

    private VeloException noObject(IOException reason) {
        VeloException problem =
                Problem.of(ErrorCode.SCHEMA_VALUE, "The string of a key is not a JSON object.")
                        .at(table)
                        .remedy(
                                "Each string must hold one object such as {\"name\": \"Ann\"}; for"
                                        + " hashes set 'type'='hash'.")
                        .toException();
        return reason == null ? problem : problem.becauseOf(reason);
    }
}
