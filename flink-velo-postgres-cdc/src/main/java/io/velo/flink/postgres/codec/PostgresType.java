// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.postgres.sql.Identifier;
import java.io.Serializable;
import java.util.List;

/**
 * A column type of PostgreSQL with everything that decoding needs; a domain is already replaced by
 * the type it stands on. Immutable, therefore thread-safe.
 *
 * @param oid the number of the type in {@code pg_type}
 * @param schema the schema of the type
 * @param name the internal name of the type, such as {@code int8}
 * @param modifier the type modifier, -1 if there is none
 * @param category what kind of type it is
 * @param element the element type of an array, otherwise null
 * @param labels the labels of an enum in their order, otherwise empty
 * @param display the type as the user knows it, such as {@code numeric(12,2)}; for messages only
 */
public record PostgresType(
        int oid,
        String schema,
        String name,
        int modifier,
        Category category,
        PostgresType element,
        List<String> labels,
        String display)
        implements Serializable {

    /** What kind of type it is, after domains are resolved. */
    public enum Category {
        /** A built-in or extension type with its own binary form. */
        BASE,
        /** A list of labels. */
        ENUM,
        /** An array of another type. */
        ARRAY,
        /** A row type, range or pseudo type. */
        OTHER
    }

    /** The type {@code text}: what a column is after a cast to text. */
    public static final PostgresType TEXT = builtIn(Oids.TEXT, "text");

    /** The type {@code bigint}: what a number of rows is. */
    public static final PostgresType INT8 = builtIn(Oids.INT8, "int8");

    static final PostgresType NUMERIC = builtIn(Oids.NUMERIC, "numeric");

    public PostgresType {
        labels = List.copyOf(labels);
    }

    /** A built-in type without modifier. */
    static PostgresType builtIn(int oid, String name) {
        return new PostgresType(oid, "pg_catalog", name, -1, Category.BASE, null, List.of(), name);
    }

    /** What an array of texts or numbers is after a cast. */
    static final PostgresType TEXT_ARRAY = builtInArray(Oids.TEXT_ARRAY, TEXT);

    static final PostgresType NUMERIC_ARRAY = builtInArray(Oids.NUMERIC_ARRAY, NUMERIC);

    private static PostgresType builtInArray(int oid, PostgresType element) {
        String name = "_" + element.name();
        return new PostgresType(
                oid,
                "pg_catalog",
                name,
                -1,
                Category.ARRAY,
                element,
                List.of(),
                element.display() + "[]");
    }

    /**
     * The type as it stands in a cast: quoted, qualified and without modifier, so that the cast
     * neither cuts nor pads nor rounds.
     */
    public String sql() {
        if (category == Category.ARRAY) {
            return element.sql() + "[]";
        }
        return Identifier.of(schema).quoted() + '.' + Identifier.of(name).quoted();
    }

    /** Whether values are compared by a collation. */
    public boolean isCollated() {
        return category == Category.BASE && (oid == Oids.TEXT || oid == Oids.VARCHAR);
    }

    boolean isBase(int wanted) {
        return category == Category.BASE && oid == wanted;
    }

    /** Whether the type is one of an extension with this name. */
    boolean isExtension(String wanted) {
        return category == Category.BASE && oid >= FIRST_USER_OID && name.equals(wanted);
    }

    /** The server gives lower numbers to its own types only. */
    private static final int FIRST_USER_OID = 16384;

    @Override
    public String toString() {
        return display;
    }
}
