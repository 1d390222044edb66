// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The row of a COPY that the server names in the context of an error: where to look first. */
final class CopyLine {

    private static final Pattern LINE = Pattern.compile("^COPY .*, line (\\d{1,9})");

    private CopyLine() {}

    /** The number of the row, from 0, or -1 if the server names none of so many rows. */
    static int of(SQLException error, int rows) {
        if (error instanceof PSQLException known) {
            ServerErrorMessage message = known.getServerErrorMessage();
            String where = message == null ? null : message.getWhere();
            Matcher line = where == null ? null : LINE.matcher(where);
            if (line != null && line.find()) {
                int row = Integer.parseInt(line.group(1)) - 1;
                return row >= 0 && row < rows ? row : -1;
            }
        }
        return -1;
    }
}
