// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import java.sql.SQLException;

/** No connection could be opened, as against a statement that failed. */
final class NoConnectionException extends SQLException {

    private static final long serialVersionUID = 1L;

    NoConnectionException(SQLException reason) {
        super(reason.getMessage(), reason.getSQLState(), reason);
    }

    /** What the driver said. */
    SQLException reason() {
        return (SQLException) getCause();
    }
}
