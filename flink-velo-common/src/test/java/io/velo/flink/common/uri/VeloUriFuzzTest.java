// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static io.velo.flink.common.uri.UriOracle.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Mutates URIs that hold a canary for some seconds; a failure names the seed and the text. */
class VeloUriFuzzTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long FEWEST = 1_000;

    private static final String[] SEEDS = {
        "postgresql://user:" + CANARY + "@db1:5432,[::1]:5433/prod?table=orders&cdc=true",
        "kafka://b1:9092,b2/orders?password=" + CANARY + "&batch_size=1",
        "redis://:" + CANARY + "@h:6379/0?key_pattern=events:*",
        "s3://bucket/a-?/{x}/*.csv?region=eu&password=" + CANARY,
        "file:///data/${env:VELO_X}/%41.json?watch=true&password=" + CANARY,
        "rediss://${env:VELO_U}:${file:/run/x}@h/1?dlq=kafka://u:" + CANARY + "@b/t"
    };

    private static final String[] DICTIONARY = {
        "/",
        "?",
        "#",
        "@",
        ":",
        ",",
        "&",
        "=",
        "%",
        "%2F",
        "%40",
        "%3A",
        "%00",
        "%zz",
        "%ff",
        "%C3",
        "${",
        "}",
        "{",
        "[",
        "]",
        "[::1]",
        "://",
        "\\",
        "\n",
        "\u0000",
        " ",
        "é",
        "\ud83d",
        "\u202e",
        "password=",
        "?a=",
        "&&",
        "..",
        "+",
        "*",
        "0",
        "65536",
        "${env:X}",
        "%24%7B",
        "localhost"
    };

    @Test
    void noMutationBreaksThePromises() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long end = System.nanoTime() + NANOS;
        long tried = 0;
        String text = "";
        try {
            while (System.nanoTime() < end || tried <= FEWEST) {
                text = mutated(random);
                UriOracle.check(text);
                tried++;
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", try " + tried + ": " + text, e);
        }
        assertThat(tried).as("texts tried with seed %d", seed).isGreaterThan(FEWEST);
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        int mutations = 1 + random.nextInt(5);
        for (int i = 0; i < mutations && text.length() > 0; i++) {
            int position = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0, 1, 2 ->
                        text.insert(position, DICTIONARY[random.nextInt(DICTIONARY.length)]);
                case 3 -> text.deleteCharAt(position);
                case 4 -> text.setCharAt(position, (char) random.nextInt(0x250));
                default -> {
                    int to = position + random.nextInt(text.length() - position);
                    text.insert(random.nextInt(text.length()), text.substring(position, to));
                }
            }
        }
        return text.toString();
    }
}
