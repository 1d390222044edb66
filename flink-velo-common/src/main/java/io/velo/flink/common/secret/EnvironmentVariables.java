// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.function.UnaryOperator;

/**
 * Environment variables as references and config files read them: only those on the operator's
 * allow-list. Stateless, therefore thread-safe.
 */
public final class EnvironmentVariables {

    private EnvironmentVariables() {}

    /**
     * The value of a variable, or null if it is not set.
     *
     * @param written how it is written, such as ${env:VELO_X}, for messages
     * @param environment where values come from
     * @throws VeloException {@code VELO-SEC-001} if it may not be read
     */
    public static String read(String name, String written, UnaryOperator<String> environment) {
        SecurityPolicy policy = SecurityPolicy.current();
        if (!policy.allowsEnvironment(name)) {
            throw Problem.of(
                            ErrorCode.SECURITY_REFERENCE_REFUSED,
                            "The environment variable of " + written + " may not be read.")
                    .remedy(
                            "Use a name that starts with one of "
                                    + policy.environmentPrefixes()
                                    + ", or let the operator add its prefix to"
                                    + " velo.security.env-prefixes.")
                    .toException();
        }
        return environment.apply(name);
    }

    /**
     * Says that a variable is not set.
     *
     * @param written how it is written
     * @param message what its author has to say about that; perhaps empty
     * @param remedy what to do
     */
    public static VeloException unset(String written, String message, String remedy) {
        return Problem.of(
                        ErrorCode.SECURITY_REFERENCE_UNSET,
                        "The environment variable of "
                                + written
                                + " is not set."
                                + (message.isEmpty() ? "" : " " + message))
                .remedy(remedy)
                .toException();
    }
}
