// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads hashes: HMGET of the columns that are asked for and nothing else.
 *
 * <p>When every field is absent, HMGET cannot tell a hash without these fields from a key that does
 * not exist; HLEN can, because a hash is never empty. The fields are then read once more before the
 * length, so that a hash that appears or goes in between does not become a row of nulls.
 */
final class HashDecoder implements ValueDecoder {

    private final String table;
    private final ValueColumn[] columns;
    private final FieldReader[] readers;
    private final Rawable[] fields;

    HashDecoder(LookupPlan plan) {
        this.table = plan.table();
        this.columns = plan.values().toArray(new ValueColumn[0]);
        this.readers = new FieldReader[columns.length];
        this.fields = new Rawable[columns.length];
        for (int i = 0; i < columns.length; i++) {
            readers[i] = FieldReaders.of(columns[i].type()).orElseThrow();
            fields[i] = RawableFactory.from(columns[i].field());
        }
    }

    @Override
    public void answer(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        List<LookupRequest> empty = columns.length == 0 ? requests : read(session, requests);
        if (!empty.isEmpty()) {
            List<LookupRequest> existing = existing(session, empty);
            if (columns.length == 0) {
                existing.forEach(LookupRequest::found);
            } else if (!existing.isEmpty()) {
                readAgain(session, existing);
            }
        }
    }

    /** Answers the requests for which a field is there; returns the others. */
    private List<LookupRequest> read(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        CommandBatch batch = new CommandBatch();
        requests.forEach(request -> batch.single(fields(request)));
        Object[] replies = session.run(batch);
        List<LookupRequest> empty = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            LookupRequest request = requests.get(i);
            if (failed(session, request, replies[i])) {
                continue;
            }
            if (isEmpty(replies[i])) {
                empty.add(request);
            } else {
                fill(request, (List<?>) replies[i]);
            }
        }
        return empty;
    }

    /** Answers the requests whose key does not exist; returns the others. */
    private static List<LookupRequest> existing(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        CommandBatch batch = new CommandBatch();
        requests.forEach(request -> batch.single(length(request)));
        Object[] replies = session.run(batch);
        List<LookupRequest> existing = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            LookupRequest request = requests.get(i);
            if (failed(session, request, replies[i])) {
                continue;
            }
            if (isZero(replies[i])) {
                request.missed();
            } else {
                existing.add(request);
            }
        }
        return existing;
    }

    private void readAgain(RedisSession session, List<LookupRequest> requests)
            throws InterruptedException {
        CommandBatch batch = new CommandBatch();
        requests.forEach(request -> batch.group().add(fields(request)).add(length(request)));
        Object[] replies = session.run(batch);
        for (int i = 0; i < requests.size(); i++) {
            LookupRequest request = requests.get(i);
            Object values = replies[2 * i];
            Object length = replies[2 * i + 1];
            if (failed(session, request, values) || failed(session, request, length)) {
                continue;
            }
            if (isEmpty(values) && isZero(length)) {
                request.missed();
            } else {
                fill(request, (List<?>) values);
            }
        }
    }

    private CommandArguments fields(LookupRequest request) {
        CommandArguments command = new CommandArguments(Command.HMGET).add(request.key());
        for (Rawable field : fields) {
            command.add(field);
        }
        return command;
    }

    private static CommandArguments length(LookupRequest request) {
        return new CommandArguments(Command.HLEN).add(request.key());
    }

    private void fill(LookupRequest request, List<?> values) {
        try {
            GenericRowData row = request.row();
            for (int i = 0; i < columns.length; i++) {
                row.setField(columns[i].position(), value(i, (byte[]) values.get(i)));
            }
            request.found();
        } catch (VeloException e) {
            request.failed(e);
        }
    }

    private Object value(int column, byte[] bytes) {
        Object value = null;
        if (bytes != null) {
            try {
                value = readers[column].read(bytes);
            } catch (IOException | RuntimeException e) {
                throw columns[column].invalid(table, e);
            }
        }
        if (value == null && !columns[column].type().isNullable()) {
            throw columns[column].missing(table);
        }
        return value;
    }

    private static boolean failed(RedisSession session, LookupRequest request, Object reply) {
        if (reply instanceof JedisDataException error) {
            request.failed(RedisProblems.reply(session.endpoint(), error));
            return true;
        }
        return false;
    }

    private static boolean isEmpty(Object reply) {
        for (Object value : (List<?>) reply) {
            if (value != null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(Object reply) {
        return (Long) reply == 0;
    }
}
