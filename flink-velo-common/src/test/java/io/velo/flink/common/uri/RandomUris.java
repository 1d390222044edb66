// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import java.util.Random;

/** Makes random URIs out of the grammar: most are legal, with every kind of escape. */
final class RandomUris {

    private static final String[] ATOMS = {
        "a",
        "Z",
        "9",
        "-",
        "_",
        ".",
        "~",
        "+",
        "#",
        "*",
        "{x}",
        "${env:A}",
        "${file:/b/c}",
        " ",
        "é",
        "中",
        "😀",
        "%20",
        "%2F",
        "%2f",
        "%3A",
        "%40",
        "%25",
        "%26",
        "%3D",
        "%41",
        "%c3%bc",
        "%24",
        "%7B",
        "%7D",
        "%2C",
        "%2E",
        "%0A",
        "!",
        "'",
        "(",
        ";",
        "|",
        "\"",
        "<",
        "\\",
        "^",
        "`"
    };
    private static final String[] NAMES = {
        "batch_size", "key-pattern", "csv.delimiter", "maxInFlight", "%70assword", "x", "SSL_MODE"
    };
    private static final String[] SERVERS = {"kafka", "PostgreSQL", "redis", "x+y-1.z"};
    private static final String[] LOCATIONS = {"s3", "gs", "iceberg", "Memory", "hudi"};
    private static final String[] HOSTS = {
        "h", "db-1.example.com", "%68", "10.0.0.1", "[::1]", "[fe80::1%25e0]", "${env:H}", "b_1"
    };

    private final Random random;

    RandomUris(Random random) {
        this.random = random;
    }

    String next() {
        StringBuilder uri = new StringBuilder();
        boolean server = random.nextBoolean();
        uri.append(oneOf(server ? SERVERS : LOCATIONS)).append("://");
        if (server) {
            appendUser(uri);
            appendHosts(uri);
        } else {
            uri.append(oneOf("bucket", "a.b.c", "b-%31", "my_root", ""));
        }
        int segments = random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            uri.append('/').append(text(4, "@:,=&[]"));
            if (!server && random.nextInt(5) == 0) {
                uri.append("?/");
            }
        }
        appendParameters(uri);
        return uri.toString();
    }

    private void appendUser(StringBuilder uri) {
        int kind = random.nextInt(4);
        if (kind > 0) {
            uri.append(kind == 1 ? "" : "u" + text(3, ",=&[]@"));
            uri.append(kind == 2 ? "" : ":" + text(3, ":,=&[]@")).append('@');
        }
    }

    private void appendHosts(StringBuilder uri) {
        int hosts = 1 + random.nextInt(3);
        for (int i = 0; i < hosts; i++) {
            uri.append(i == 0 ? "" : ",").append(oneOf(HOSTS));
            uri.append(oneOf("", ":1", ":65535", ":00080"));
        }
    }

    private void appendParameters(StringBuilder uri) {
        char separator = '?';
        for (String name : NAMES) {
            if (random.nextInt(4) == 0) {
                uri.append(separator).append(name).append('=').append(text(4, "@:,=/?[]"));
                separator = '&';
            }
        }
    }

    private String text(int most, String alsoLegal) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(4) == 0) {
                text.append(alsoLegal.charAt(random.nextInt(alsoLegal.length())));
            } else {
                text.append(oneOf(ATOMS));
            }
        }
        return text.toString();
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
