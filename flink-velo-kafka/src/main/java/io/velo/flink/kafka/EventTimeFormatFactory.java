// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Flink's JSON format with one difference: one column of type TIMESTAMP or TIMESTAMP_LTZ may be
 * written as epoch milliseconds, epoch seconds, ISO-8601 or in a pattern. All other columns and
 * options are those of {@code json}. Stateless, therefore thread-safe.
 */
public final class EventTimeFormatFactory implements DeserializationFormatFactory {

    /** The name of the format. */
    public static final String IDENTIFIER = "velo-json";

    static final ConfigOption<String> FIELD =
            ConfigOptions.key("event-time.field")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Column that holds the time.");

    static final ConfigOption<String> FORMAT =
            ConfigOptions.key("event-time.format")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription("How the time is written.");

    private static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
            ConfigOptions.key("ignore-parse-errors").booleanType().defaultValue(false);

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FIELD);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>();
        options.add(FORMAT);
        options.addAll(json(EventTimeFormatFactory.class.getClassLoader()).optionalOptions());
        return options;
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig formatOptions) {
        return new EventTimeDecodingFormat(
                json(context.getClassLoader()).createDecodingFormat(context, formatOptions),
                formatOptions.get(FIELD),
                new EventTimeFormat(formatOptions.get(FORMAT)),
                formatOptions.get(IGNORE_PARSE_ERRORS));
    }

    private static DeserializationFormatFactory json(ClassLoader classLoader) {
        return FactoryUtil.discoverFactory(
                classLoader, DeserializationFormatFactory.class, KafkaFormat.JSON.identifier());
    }
}
