// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * The name of one PostgreSQL object (database, schema, table, column), exactly as the server stores
 * it: case, dots, quotes and blanks belong to it. It is never split and never folded.
 *
 * <p>At most {@value #MAX_BYTES} bytes of UTF-8, not empty, no NUL: the server would cut a longer
 * name silently and then mean another object. Immutable, therefore thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html, "Identifiers and Key
 * Words" (NAMEDATALEN is 64, the last byte ends the name).
 *
 * @param name the name, without quotes
 */
public record Identifier(String name) implements Serializable, Comparable<Identifier> {

    /** The longest name of an ordinary server build, in bytes of UTF-8. */
    public static final int MAX_BYTES = 63;

    /**
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-001} if no object can have
     *     this name
     */
    public Identifier {
        check(name);
    }

    /** The identifier of this name. */
    public static Identifier of(String name) {
        return new Identifier(name);
    }

    /** The name as it stands in SQL text, always in double quotes. */
    public String quoted() {
        return Quoting.identifier(name);
    }

    private static void check(String name) {
        String fault = null;
        if (name == null || name.isEmpty()) {
            fault = "A PostgreSQL name is empty.";
        } else if (name.indexOf('\0') >= 0) {
            fault = "A PostgreSQL name holds a NUL character.";
        } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            fault =
                    "The PostgreSQL name that starts with '"
                            + name.substring(0, name.offsetByCodePoints(0, 10))
                            + "' is longer than "
                            + MAX_BYTES
                            + " bytes.";
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            fault = "A PostgreSQL name is not valid Unicode text.";
        }
        if (fault != null) {
            throw Problem.of(ErrorCode.OPTION_VALUE, fault)
                    .remedy("Write the name as the server stores it, 1 to 63 bytes of UTF-8.")
                    .toException();
        }
    }

    @Override
    public int compareTo(Identifier other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
