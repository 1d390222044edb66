// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.DiscoveredTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Finds out the columns of a table from a sample of its keys: the columns of the key template, then
 * the fields of the hashes or JSON objects. One connection, used by one thread.
 */
final class RedisDiscovery {

    private static final int SAMPLED_KEYS = 100;
    private static final int SAMPLED_FIELDS = 1000;
    private static final String ABSENT = "none";

    private final RedisTable table;
    private final RedisSession session;

    RedisDiscovery(RedisTable table, RedisSession session) {
        this.table = table;
        this.session = session;
    }

    /**
     * The columns.
     *
     * @throws VeloException if no key matches, the keys are of several types, or the values are not
     *     what the table says
     */
    DiscoveredTable discover() throws InterruptedException {
        KeyPattern pattern = KeyPattern.of(table);
        List<byte[]> keys = KeySample.of(session, pattern, SAMPLED_KEYS);
        Map<String, List<byte[]>> byType = byType(keys, pattern);
        ValueType type = type(byType);
        String typeName = type.name().toLowerCase(Locale.ROOT);
        ColumnSample sample = new ColumnSample();
        for (byte[] key : byType.getOrDefault(typeName, List.of())) {
            if (type == ValueType.HASH) {
                hash(key, sample);
            } else {
                string(key, sample);
            }
        }
        if (sample.isEmpty()) {
            throw nothing("No key of type " + typeName + " matches " + glob(pattern) + ".");
        }
        // Last, for the columns of the keys are what the keys say, whatever the values say.
        ColumnSample inKeys = new ColumnSample();
        for (byte[] key : byType.get(typeName)) {
            pattern.valuesOf(new String(key, StandardCharsets.UTF_8)).forEach(inKeys::text);
        }
        return table(pattern, sample, inKeys);
    }

    private DiscoveredTable table(KeyPattern pattern, ColumnSample sample, ColumnSample inKeys) {
        List<DiscoveredTable.Column> columns = new ArrayList<>(inKeys.columns(pattern.columns()));
        for (DiscoveredTable.Column column : sample.columns(List.of())) {
            if (!pattern.columns().contains(column.name())) {
                columns.add(column);
            }
        }
        return new DiscoveredTable(columns, pattern.columns(), "");
    }

    private Map<String, List<byte[]>> byType(List<byte[]> keys, KeyPattern pattern)
            throws InterruptedException {
        Map<String, List<byte[]>> byType = new TreeMap<>();
        for (byte[] key : keys) {
            String name = new String(key, StandardCharsets.UTF_8);
            if (!pattern.columns().isEmpty() && pattern.valuesOf(name).isEmpty()) {
                continue;
            }
            byte[] reply = (byte[]) session.ask(new CommandArguments(Command.TYPE).add(key));
            String type = new String(reply, StandardCharsets.US_ASCII);
            if (!type.equals(ABSENT)) {
                byType.computeIfAbsent(type, any -> new ArrayList<>()).add(key);
            }
        }
        if (byType.isEmpty()) {
            throw nothing("No key matches " + glob(pattern) + ".");
        }
        return byType;
    }

    private ValueType type(Map<String, List<byte[]>> byType) {
        if (table.type().isPresent()) {
            return table.type().get();
        }
        Map<String, ValueType> built = new HashMap<>();
        for (ValueType type : ValueType.values()) {
            if (type.isBuilt()) {
                built.put(type.name().toLowerCase(Locale.ROOT), type);
            }
        }
        String only = byType.keySet().iterator().next();
        if (byType.size() > 1 || !built.containsKey(only)) {
            throw Problem.of(
                            ErrorCode.SCHEMA_DISCOVERY,
                            "The keys that match are of type "
                                    + String.join(", ", byType.keySet())
                                    + ".")
                    .at(table.endpoint().shown())
                    .remedy(
                            "Name keys of one type by 'key-pattern', or say 'type'; built: hash,"
                                    + " string.")
                    .toException();
        }
        return built.get(only);
    }

    private void hash(byte[] key, ColumnSample sample) throws InterruptedException {
        CommandArguments scan =
                new CommandArguments(Command.HSCAN)
                        .add(key)
                        .add("0")
                        .add("COUNT")
                        .add(SAMPLED_FIELDS);
        List<?> fields = (List<?>) ((List<?>) session.ask(scan)).get(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            sample.text(
                    new String((byte[]) fields.get(i), StandardCharsets.UTF_8),
                    new String((byte[]) fields.get(i + 1), StandardCharsets.UTF_8));
        }
    }

    private void string(byte[] key, ColumnSample sample) throws InterruptedException {
        Object value = session.ask(new CommandArguments(Command.GET).add(key));
        if (value == null) {
            return;
        }
        try {
            sample.object((byte[]) value);
        } catch (IOException e) {
            throw nothing("The string of a key is not a JSON object.").becauseOf(e);
        }
    }

    private VeloException nothing(String sentence) {
        return Problem.of(ErrorCode.SCHEMA_DISCOVERY, sentence)
                .at(table.endpoint().shown())
                .remedy(
                        "Declare the columns, such as CREATE TABLE t (id BIGINT, name STRING) or"
                                + " columns=id BIGINT, name STRING in the URI.")
                .toException();
    }

    private static String glob(KeyPattern pattern) {
        return "'" + pattern.glob() + "'";
    }
}
