// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.DiscoveredTable.Column;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.kafka.JsonShape.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes columns out of a sample of JSON records. Used once; not thread-safe. */
final class JsonDiscovery {

    static final String HOW_TO_DECLARE =
            "Declare them: CREATE TABLE t (id BIGINT, name STRING) WITH (…), or add columns=id BIGINT,"
                    + " name STRING to the URI.";

    /** The format's option in the forms of {@link FormatKeys} that concern values. */
    private static final Set<String> TIMESTAMP_STANDARD =
            Set.of("json.timestamp-format-standard", "value.json.timestamp-format-standard");

    private static final int MAX_COLUMNS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TableRequest request;
    private final JsonShapeReader shapes;
    private final Optional<String> eventTime;
    private final List<String> eventTimes = new ArrayList<>();
    private Row table = new Row(new LinkedHashMap<>());

    JsonDiscovery(TableRequest request) {
        this.request = request;
        String standard =
                request.options().passedThrough().entrySet().stream()
                        .filter(option -> TIMESTAMP_STANDARD.contains(option.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("ISO-8601");
        this.shapes = new JsonShapeReader(standard.equalsIgnoreCase("SQL") ? ' ' : 'T');
        this.eventTime = EventTime.fieldOf(request);
    }

    /**
     * The table of these records: the union of their fields in the order in which they first
     * appear, all nullable. A record that is no JSON object is left out.
     *
     * @param records the newest first
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-001} if no record is a JSON
     *     object
     */
    DiscoveredTable discover(List<ConsumerRecord<byte[], byte[]>> records) {
        boolean keyApart =
                request.options().get(KafkaOptions.VALUE_FIELDS_INCLUDE)
                        == KafkaOptions.ValueFields.EXCEPT_KEY;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (keyApart && record.key() != null) {
                add(record.key());
            }
            add(record.value());
        }
        int width = table.fields().size();
        if (width == 0 || width > MAX_COLUMNS) {
            throw noColumns(records.size(), width);
        }
        List<Column> columns = new ArrayList<>();
        table.fields().forEach((name, shape) -> columns.add(new Column(name, shape.type(), "")));
        eventTime.ifPresent(name -> columns.replaceAll(c -> c.name().equals(name) ? time(c) : c));
        return new DiscoveredTable(columns, List.of(), "");
    }

    private void add(byte[] bytes) {
        JsonNode value;
        try {
            value = JSON.readTree(bytes);
        } catch (IOException e) {
            return;
        }
        // Flink's format reads an array of objects as several rows.
        Iterable<JsonNode> rows = value.isArray() ? value : List.of(value);
        for (JsonNode row : rows) {
            if (row.isObject()) {
                table = (Row) table.merge(shapes.read(row));
                eventTime
                        .map(row::get)
                        .filter(JsonNode::isValueNode)
                        .filter(node -> !node.isNull())
                        .ifPresent(node -> eventTimes.add(node.asText()));
            }
        }
    }

    /** The column as an event time, if every value of the sample can be read as one. */
    private Column time(Column column) {
        EventTimeFormat format = request.options().get(KafkaOptions.EVENT_TIME_FORMAT);
        for (String text : eventTimes) {
            try {
                format.parse(text);
            } catch (RuntimeException e) {
                throw Problem.of(
                                ErrorCode.SCHEMA_TYPE,
                                "Column '"
                                        + column.name()
                                        + "' is not written as"
                                        + " event-time.format="
                                        + format
                                        + " in every record of the sample.")
                        .at(Redacted.uri(request))
                        .remedy(
                                "Give the format, such as event_time_format=epoch_seconds or"
                                        + " event_time_format=yyyy-MM-dd HH:mm:ss.")
                        .toException();
            }
        }
        return new Column(column.name(), DataTypes.TIMESTAMP_LTZ(3), column.comment());
    }

    private RuntimeException noColumns(int records, int width) {
        String sentence;
        if (records == 0) {
            sentence = "The topic has no record from which columns could be discovered.";
        } else if (width == 0) {
            sentence =
                    "None of the "
                            + records
                            + " newest records of the topic is a JSON object with"
                            + " fields.";
        } else {
            sentence =
                    "The newest records have "
                            + width
                            + " different fields; columns are discovered"
                            + " up to "
                            + MAX_COLUMNS
                            + ".";
        }
        return Problem.of(ErrorCode.SCHEMA_DISCOVERY, sentence)
                .at(Redacted.uri(request))
                .remedy(HOW_TO_DECLARE)
                .toException();
    }
}
