// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds out what a number of a type means, as the change stream names types. Not thread-safe,
 * because the session is not.
 */
public final class TypeReader {

    private static final String NAME = "SELECT pg_catalog.format_type(?::pg_catalog.oid, ?)";

    private final PostgresSession session;

    /** A reader that uses this session and leaves it open. */
    public TypeReader(PostgresSession session) {
        this.session = session;
    }

    /**
     * The type of a number and modifier, domains resolved.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if it exists no more
     */
    public PostgresType tryRead(int oid, int modifier) throws SQLException {
        TypeCatalog catalog = new TypeCatalog(session.connection());
        catalog.load(List.of(oid));
        try (PreparedStatement statement = session.connection().prepareStatement(NAME)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            statement.setInt(2, modifier);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return catalog.type(oid, modifier, result.getString(1));
            }
        } catch (NullPointerException e) {
            throw Problem.of(
                            ErrorCode.SCHEMA_TYPE,
                            "Changes hold values of type number "
                                    + Integer.toUnsignedString(oid)
                                    + ", which the database does not have any more.")
                    .at(session.settings().place())
                    .remedy("Was the type dropped? Start the job anew, without its state.")
                    .toException(e);
        }
    }
}
