// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.kafka.KafkaOptions.ValueFields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides between rows and upserts, and maps formats and key. A declared primary key means upserts,
 * unless the format tells changes apart by itself. Not thread-safe.
 */
final class KeyMapping {

    private final TableRequest request;
    private final Problems problems;
    private final Map<String, String> target;

    KeyMapping(TableRequest request, Problems problems, Map<String, String> target) {
        this.request = request;
        this.problems = problems;
        this.target = target;
    }

    /** Adds the options of formats and key; returns whether the table is one of upserts. */
    boolean map() {
        boolean registry = request.options().isSet(KafkaOptions.SCHEMA_REGISTRY);
        KafkaFormat value = format(request.options().get(KafkaOptions.FORMAT), registry);
        boolean upsert = isUpsert(value);
        List<String> fields = request.options().find(KafkaOptions.KEY_FIELDS).orElse(List.of());
        Optional<KafkaFormat> key =
                request.options().find(KafkaOptions.KEY_FORMAT).map(f -> format(f, registry));
        if (upsert) {
            checkUpsertKey(fields);
            key = key.or(() -> Optional.of(value));
        } else if (!fields.isEmpty()) {
            checkColumns(fields);
            key = key.or(() -> Optional.of(value));
            target.put("key.fields", String.join(";", fields));
        } else if (key.isPresent()) {
            problem(
                    ErrorCode.OPTION_MISSING,
                    "Option 'key-format' is given, but not which columns the key has.",
                    "Add key_fields=id, or declare a PRIMARY KEY for an upsert table.");
        }
        valueFields(upsert || !fields.isEmpty());
        key.filter(KafkaFormat::isChangelog)
                .ifPresent(
                        format ->
                                problem(
                                        ErrorCode.OPTION_CONFLICT,
                                        "A key cannot have the format '"
                                                + format.identifier()
                                                + "'.",
                                        "Set key_format=json or another plain format."));
        new FormatMapping(request, problems, target).map(value, key);
        return upsert;
    }

    private static KafkaFormat format(KafkaFormat format, boolean registry) {
        return registry ? format.withRegistry() : format;
    }

    private boolean isUpsert(KafkaFormat value) {
        boolean keyed = !request.primaryKey().isEmpty();
        boolean asked = request.options().find(KafkaOptions.UPSERT).orElse(false);
        boolean refused = request.options().isSet(KafkaOptions.UPSERT) && !asked;
        if (asked && !keyed) {
            problem(
                    ErrorCode.OPTION_CONFLICT,
                    "upsert=true needs a primary key.",
                    "Declare PRIMARY KEY (id) NOT ENFORCED, or add primary_key=id where columns"
                            + " are discovered.");
        }
        if (asked && value.isChangelog()) {
            problem(
                    ErrorCode.OPTION_CONFLICT,
                    "upsert=true and format="
                            + value.identifier()
                            + " exclude each other: the format tells changes apart by itself.",
                    "Remove one of them.");
        }
        if (refused && keyed && !value.isChangelog()) {
            problem(
                    ErrorCode.OPTION_CONFLICT,
                    "upsert=false and a PRIMARY KEY exclude each other: plain rows cannot keep a"
                            + " key unique.",
                    "Remove the PRIMARY KEY, or upsert=false.");
        }
        return !refused && !value.isChangelog() && (keyed || asked);
    }

    private void checkUpsertKey(List<String> fields) {
        if (!fields.isEmpty()
                && !new HashSet<>(fields).equals(new HashSet<>(request.primaryKey()))) {
            problem(
                    ErrorCode.OPTION_CONFLICT,
                    "Option 'key-fields' names other columns than the primary key.",
                    "Remove it: the key of an upsert table is its primary key.");
        }
    }

    private void checkColumns(List<String> fields) {
        List<String> columns =
                org.apache.flink.table.types.DataType.getFieldNames(request.physicalType());
        for (String field : fields) {
            if (!columns.contains(field)) {
                problem(
                        ErrorCode.SCHEMA_COLUMN,
                        "Option 'key-fields' names the column '"
                                + field
                                + "', which the table does not have.",
                        "Columns: " + String.join(", ", columns) + ".");
            }
        }
    }

    private void valueFields(boolean hasKey) {
        ValueFields included = request.options().get(KafkaOptions.VALUE_FIELDS_INCLUDE);
        if (included == ValueFields.EXCEPT_KEY && !hasKey) {
            problem(
                    ErrorCode.OPTION_CONFLICT,
                    "value-fields-include=except-key has no meaning without a key.",
                    "Add key_fields=id, or remove it.");
        }
        target.put("value.fields-include", included.name());
    }

    private void problem(ErrorCode code, String sentence, String remedy) {
        problems.add(Problem.of(code, sentence).at(Redacted.uri(request)).remedy(remedy));
    }
}
