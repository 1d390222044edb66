// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The sentence of an error, without the parts in which the server repeats values of rows.
 * Stateless, therefore thread-safe.
 */
public final class ServerText {

    private static final int LONGEST = 300;

    private ServerText() {}

    /** The server's message, or the driver's if the server said nothing; ends with a full stop. */
    public static String of(SQLException error) {
        String text = String.valueOf(error.getMessage());
        if (error instanceof PSQLException driverError) {
            ServerErrorMessage message = driverError.getServerErrorMessage();
            if (message != null && message.getMessage() != null) {
                text = message.getMessage();
            }
        }
        text = text.strip();
        if (text.length() > LONGEST) {
            text = text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
        }
        return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
    }
}
