// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * References inside option values: {@code ${env:VELO_X}}, {@code ${file:/dir/x}} and {@code
 * ${catalog:id}}. They are resolved in one pass, never recursively: what a reference yields is not
 * searched for further references. A {@code ${word}} without a colon is a template and stays.
 *
 * <p>What may be read is decided by {@link SecurityPolicy}. Stateless, therefore thread-safe.
 */
public final class References {

    private static final String OPEN = "${";
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private static final Map<String, UnaryOperator<String>> KINDS =
            Map.of(
                    "env", References::environment,
                    "file", References::file,
                    "catalog", InlineCredentials::reveal);

    private References() {}

    /** Whether the text holds at least one reference. */
    public static boolean isReference(String text) {
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + 2)) {
            int colon = text.indexOf(':', open);
            if (colon > 0 && KINDS.containsKey(text.substring(open + 2, colon))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text with every reference replaced by what it points to.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SEC-001} if a reference is
     *     outside the operator's allow-list, {@code VELO-SEC-002} if it points to nothing
     */
    public static String resolve(String text) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        StringBuilder resolved = new StringBuilder();
        int done = 0;
        while (open >= 0) {
            int close = text.indexOf('}', open);
            int colon = text.indexOf(':', open);
            UnaryOperator<String> kind =
                    close > 0 && colon > 0 && colon < close
                            ? KINDS.get(text.substring(open + 2, colon))
                            : null;
            if (kind == null) {
                open = text.indexOf(OPEN, open + 2);
                continue;
            }
            resolved.append(text, done, open).append(kind.apply(text.substring(colon + 1, close)));
            done = close + 1;
            open = text.indexOf(OPEN, done);
        }
        return resolved.append(text, done, text.length()).toString();
    }

    private static String environment(String name) {
        String written = "${env:" + name + "}";
        String value = EnvironmentVariables.read(name, written, System::getenv);
        if (value == null) {
            throw EnvironmentVariables.unset(
                    written,
                    "",
                    "Set it for the SQL client or gateway and for every JobManager and"
                            + " TaskManager process.");
        }
        return value;
    }

    private static String file(String name) {
        SecurityPolicy policy = SecurityPolicy.current();
        try {
            Path path = Path.of(name);
            if (!policy.allowsSecretFile(path)) {
                throw Problem.of(
                                ErrorCode.SECURITY_REFERENCE_REFUSED,
                                "The reference ${file:" + name + "} may not be read.")
                        .remedy(
                                "Put the file into a directory of velo.security.secret-dirs (now: "
                                        + policy.secretDirectories()
                                        + ") in Flink's configuration.")
                        .toException();
            }
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw Problem.of(
                                ErrorCode.SECURITY_REFERENCE_REFUSED,
                                "The file of the reference ${file:"
                                        + name
                                        + "} is longer than 64 KiB.")
                        .toException();
            }
            return Files.readString(path).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw Problem.of(
                            ErrorCode.SECURITY_REFERENCE_UNSET,
                            "The file of the reference ${file:" + name + "} cannot be read.")
                    .remedy("Does it exist, and may the Flink process read it?")
                    .toException(e);
        }
    }
}
