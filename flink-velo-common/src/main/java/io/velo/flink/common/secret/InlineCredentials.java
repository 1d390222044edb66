// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the credentials that a user wrote inline apart from the tables that need them, so that what
 * {@code SHOW CREATE TABLE} and {@code EXPLAIN} print is a reference {@code ${catalog:id}} and not
 * the secret. The same secret always gets the same id within a process. Lives as long as the
 * process; thread-safe.
 */
public final class InlineCredentials {

    private static final Map<String, String> BY_ID = new ConcurrentHashMap<>();
    private static final Map<String, String> IDS = new ConcurrentHashMap<>();

    private InlineCredentials() {}

    /** Takes a secret and returns the reference that stands for it in this process. */
    public static String keep(String secret) {
        String id = IDS.computeIfAbsent(secret, s -> UUID.randomUUID().toString().substring(0, 13));
        BY_ID.put(id, secret);
        return "${catalog:" + id + "}";
    }

    /** Whether the text is exactly one reference of this kind. */
    public static boolean isKept(String text) {
        return text.startsWith("${catalog:") && text.endsWith("}");
    }

    static String reveal(String id) {
        String secret = BY_ID.get(id);
        if (secret == null) {
            throw Problem.of(
                            ErrorCode.SECURITY_REFERENCE_UNSET,
                            "The credentials ${catalog:"
                                    + id
                                    + "} were given inline in another session and are not known"
                                    + " here.")
                    .remedy(
                            "Give 'password' again, best as a reference such as"
                                    + " '${env:VELO_PASSWORD}'.")
                    .toException();
        }
        return secret;
    }
}
