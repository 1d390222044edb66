// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.References;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The headers that carry user and password; addresses are logged, headers are not. */
final class Login {

    private Login() {}

    /** The headers for these credentials; reads the password. */
    static Map<String, String> headers(Credentials credentials) {
        if (credentials.isEmpty()) {
            return Map.of();
        }
        String user = References.resolve(credentials.user());
        String password = credentials.password().reveal();
        user = user.isEmpty() ? "default" : user;
        if (isPlain(user) && isPlain(password)) {
            return Map.of("X-ClickHouse-User", user, "X-ClickHouse-Key", password);
        }
        // A header holds printable ASCII only.
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }
}
