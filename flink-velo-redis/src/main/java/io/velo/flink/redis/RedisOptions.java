// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;

/** The options of the scheme. */
final class RedisOptions {

    static final SchemeOption<String> KEY_PATTERN =
            SchemeOption.of(
                            "key-pattern",
                            ValueKind.TEXT,
                            "Template of the keys, such as user:{id}; {column} takes a column's"
                                    + " value, {{ and }} are literal braces. Discovery also takes"
                                    + " a glob such as user:*, in which braces are literal.")
                    .defaultInWords("* for discovery; required for lookups and sinks")
                    .aliases("pattern");

    static final SchemeOption<ValueType> TYPE =
            SchemeOption.of(
                            "type",
                            ValueKind.oneOf(ValueType.class),
                            "What the keys hold; hash and string are built.")
                    .defaultInWords(
                            "string if format is given; else sinks: string with one column"
                                    + " outside the key, hash with more; lookups: that of the"
                                    + " first key found");

    static final SchemeOption<ValueFormat> FORMAT =
            SchemeOption.of(
                            "format",
                            ValueKind.oneOf(ValueFormat.class),
                            "What stands in a string value; json is built: one object per key.")
                    .defaultValue(ValueFormat.JSON);

    static final SchemeOption<Duration> TTL =
            SchemeOption.of(
                            "ttl",
                            ValueKind.DURATION,
                            "Time after which a written key expires, set together with the value;"
                                    + " every write starts it again.")
                    .forSink();

    static final SchemeOption<Boolean> TLS =
            SchemeOption.of(
                            "tls",
                            ValueKind.FLAG,
                            "Encrypt the connection and check the host name; rediss:// does the"
                                    + " same.")
                    .defaultValue(false);

    static final SchemeOption<Integer> POOL_SIZE =
            SchemeOption.of(
                            "pool-size",
                            ValueKind.integer("connections", 1, 64),
                            "Connections that the parallel lookups of one join share in one"
                                    + " TaskManager, at the most.")
                    .defaultValue(4)
                    .forSource();

    static final SchemeOption<Integer> BATCH_SIZE = CommonOptions.BATCH_SIZE.defaultValue(1000);

    static final SchemeOption<MemorySize> BATCH_BYTES =
            CommonOptions.BATCH_BYTES.defaultValue(MemorySize.ofMebiBytes(16));

    static final SchemeOption<Duration> BATCH_TIMEOUT =
            CommonOptions.BATCH_TIMEOUT.defaultValue(Duration.ofSeconds(1));

    static final SchemeOption<Integer> PARALLELISM = CommonOptions.PARALLELISM.forSink();

    private RedisOptions() {}
}
