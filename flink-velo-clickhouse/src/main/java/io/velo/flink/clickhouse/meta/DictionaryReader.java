// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.text.NearestMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link DictionaryMeta} from the server's system tables. Thread-safe. */
public final class DictionaryReader {

    private static final int KEY = 0;

    private final HttpTransport transport;

    /** A reader that asks over this transport. */
    public DictionaryReader(HttpTransport transport) {
        this.transport = transport;
    }

    /**
     * What the server says about the dictionary.
     *
     * @param database the database of dictionaries without one in their name
     * @param name {@code name} or {@code database.name}
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-004} if it does not exist,
     *     with the nearest names
     */
    public DictionaryMeta read(String database, String name) throws IOException {
        List<List<String>> found = find(database, name);
        if (!found.isEmpty() && found.get(0).get(1).isEmpty()) {
            // The server tells the layout only of a dictionary that it has loaded.
            transport.rowsWithoutDatabase(
                    "SELECT 1 FROM dictionary(" + Sql.text(found.get(0).get(0)) + ") LIMIT 1");
            found = find(database, name);
        }
        if (found.isEmpty()) {
            throw missing(database, name);
        }
        return meta(found);
    }

    private List<List<String>> find(String database, String name) throws IOException {
        String own = Sql.text(database + "." + name);
        return transport.rowsWithoutDatabase(
                "SELECT "
                        + qualified()
                        + " AS full, type, kind, column, column_type FROM (SELECT database,"
                        + " name, type, arrayJoin(arrayConcat(arrayMap((c, t) -> (0, c, t),"
                        + " key.names, key.types), arrayMap((c, t) -> (1, c, t),"
                        + " attribute.names, attribute.types))) AS c, c.1 AS kind, c.2 AS"
                        + " column, c.3 AS column_type FROM system.dictionaries) WHERE full"
                        + " IN ("
                        + own
                        + ", "
                        + Sql.text(name)
                        + ") ORDER BY full = "
                        + own
                        + " DESC FORMAT TabSeparated");
    }

    private static DictionaryMeta meta(List<List<String>> found) {
        String full = found.get(0).get(0);
        List<ColumnMeta> keys = new ArrayList<>();
        List<ColumnMeta> attributes = new ArrayList<>();
        for (List<String> row : found) {
            if (row.get(0).equals(full)) {
                boolean key = Integer.parseInt(row.get(2)) == KEY;
                (key ? keys : attributes)
                        .add(new ColumnMeta(row.get(3), TypeParser.parse(row.get(4)), "", ""));
            }
        }
        return new DictionaryMeta(full, keys, attributes, found.get(0).get(1));
    }

    private static String qualified() {
        return "if(database = '', name, concat(database, '.', name))";
    }

    private RuntimeException missing(String database, String name) throws IOException {
        List<String> names =
                transport
                        .rowsWithoutDatabase(
                                "SELECT "
                                        + qualified()
                                        + " FROM system.dictionaries ORDER BY 1 FORMAT"
                                        + " TabSeparated")
                        .stream()
                        .map(row -> row.get(0))
                        .toList();
        String full = name.indexOf('.') < 0 ? database + "." + name : name;
        return Problem.of(
                        ErrorCode.SCHEMA_NO_TABLE,
                        "ClickHouse has no dictionary '"
                                + name
                                + "'."
                                + NearestMatch.question(full, names))
                .at(transport.target().place())
                .remedy("Create it, or correct lookup-dictionary: name or database.name.")
                .toException();
    }
}
