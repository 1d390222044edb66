// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.sql.SQLException;

/** Asks a server again while it is not there. Stateless, therefore thread-safe. */
public final class PatientSession {

    private PatientSession() {}

    /**
     * The answer to a question that needs a session, which is closed afterwards.
     *
     * @param work what is done, for messages
     * @throws RuntimeException if the server does not answer in all attempts, or at once if another
     *     attempt cannot help
     */
    public static <T> T ask(
            ConnectSettings settings,
            SessionPurpose purpose,
            Backoff backoff,
            String work,
            Question<T> question)
            throws InterruptedException {
        for (int failures = 1; ; failures++) {
            boolean connected = false;
            try (PostgresSession session = PostgresSession.tryOpen(settings, purpose)) {
                connected = true;
                return question.answer(session);
            } catch (SQLException e) {
                if (!Fault.of(e).isTransient() || !backoff.allowsAnother(failures)) {
                    throw PermanentFailure.of(
                            connected
                                    ? StatementFailure.describe(e, settings, work)
                                    : ConnectFailure.describe(e, settings),
                            e);
                }
                Thread.sleep(backoff.delayMillis(failures));
            }
        }
    }

    /**
     * What is asked.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    public interface Question<T> {
        /** The answer of the server. */
        T answer(PostgresSession session) throws SQLException;
    }
}
