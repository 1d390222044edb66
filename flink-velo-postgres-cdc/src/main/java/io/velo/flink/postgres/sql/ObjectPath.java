// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.uri.PercentText;
import io.velo.flink.common.uri.VeloUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database and, if it is named, the table that a URI means. The path is {@code /db}, {@code
 * /db.table} or {@code /db.schema.table}, where {@code %2E} is a dot inside a name; the table can
 * stand in {@code ?table=name} or {@code ?table=schema.name} instead, where a part in double quotes
 * may hold dots.
 *
 * <p>Immutable, therefore thread-safe.
 *
 * @param database the database
 * @param table the table, if one is named
 */
public record ObjectPath(Identifier database, Optional<TableName> table) {

    private static final String PUBLIC = "public";

    /**
     * What a URI means.
     *
     * @param table the value of {@code ?table=}, if given
     * @param schema the value of {@code ?schema=}, if given
     * @throws VeloException {@code VELO-URI-004} without a database, {@code VELO-OPT-002} if two
     *     places name different tables or schemas, {@code VELO-OPT-001} for an impossible name
     */
    public static ObjectPath of(VeloUri uri, Optional<String> table, Optional<String> schema) {
        List<String> path = pathParts(uri);
        List<String> fromPath = path.subList(1, path.size());
        Optional<TableName> ofPath = name(fromPath, schema, uri);
        Optional<TableName> ofParameter =
                table.map(ObjectPath::split).flatMap(parts -> name(parts, schema, uri));
        if (ofPath.isPresent() && ofParameter.isPresent() && !ofPath.equals(ofParameter)) {
            throw conflict(
                    uri,
                    "The path names table '"
                            + ofPath.get()
                            + "' and the parameter table '"
                            + ofParameter.get()
                            + "'.");
        }
        return new ObjectPath(Identifier.of(path.get(0)), ofParameter.or(() -> ofPath));
    }

    private static List<String> pathParts(VeloUri uri) {
        List<String> segments = uri.rawPathSegments();
        if (segments.size() != 1 || segments.get(0).isEmpty()) {
            throw Problem.of(
                            ErrorCode.URI_NO_OBJECT,
                            segments.isEmpty()
                                    ? "The URI names no database."
                                    : "The path of a PostgreSQL URI is one database and no more.")
                    .at(uri.toString())
                    .remedy("Write postgresql://host:5432/database?table=schema.table.")
                    .toException();
        }
        List<String> parts = new ArrayList<>();
        for (String part : segments.get(0).split("\\.", -1)) {
            parts.add(PercentText.decode(part));
        }
        if (parts.size() > 3) {
            throw Problem.of(
                            ErrorCode.URI_NO_OBJECT,
                            "The path of the URI has "
                                    + parts.size()
                                    + " parts; it is database.schema.table at the most.")
                    .at(uri.toString())
                    .remedy("Write %2E for a dot inside a name.")
                    .toException();
        }
        return parts;
    }

    private static Optional<TableName> name(
            List<String> parts, Optional<String> schema, VeloUri uri) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String table = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return Optional.of(TableName.of(schema.orElse(PUBLIC), table));
        }
        String named = parts.get(0);
        if (schema.isPresent() && !schema.get().equals(named)) {
            throw conflict(
                    uri,
                    "The table is named in schema '"
                            + named
                            + "' and the parameter schema is '"
                            + schema.get()
                            + "'.");
        }
        return Optional.of(TableName.of(named, table));
    }

    private static VeloException conflict(VeloUri uri, String sentence) {
        return Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                .at(uri.toString())
                .remedy("Keep one of them.")
                .toException();
    }

    /** The parts of {@code name}, {@code schema.name}, or the same with parts in double quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            int end = at < text.length() && text.charAt(at) == '"' ? closing(text, at) : -1;
            if (end > 0 && (end == text.length() || text.charAt(end) == '.')) {
                parts.add(text.substring(at + 1, end - 1).replace("\"\"", "\""));
            } else {
                end = text.indexOf('.', at);
                end = end < 0 ? text.length() : end;
                parts.add(text.substring(at, end));
            }
            at = end + 1;
        }
        if (parts.size() > 2) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "The parameter table has " + parts.size() + " parts.")
                    .remedy(
                            "Write table or schema.table; put a name with dots in double quotes:"
                                    + " schema.\"my.table\".")
                    .toException();
        }
        return parts;
    }

    /** The position behind the quote that closes the one at {@code open}, or -1. */
    private static int closing(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** A table as a value of {@code ?table=}. */
    public static String parameter(TableName table) {
        return part(table.schema()) + '.' + part(table.table());
    }

    private static String part(Identifier name) {
        boolean plain = name.name().indexOf('.') < 0 && !name.name().startsWith("\"");
        return plain ? name.name() : name.quoted();
    }
}
