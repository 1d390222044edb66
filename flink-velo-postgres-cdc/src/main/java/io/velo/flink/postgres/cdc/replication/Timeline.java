// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The timeline that a server writes, and at which positions it left those before: the server is
 * asked for that only where something is compared. Immutable, therefore thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/protocol-replication.html, "IDENTIFY_SYSTEM"
 * and "TIMELINE_HISTORY".
 */
final class Timeline {

    private final String systemId;
    private final int number;

    private Timeline(String systemId, int number) {
        this.systemId = systemId;
        this.number = number;
    }

    /** The timeline of the server at the other end of a replication connection. */
    static Timeline tryRead(PostgresSession replication) throws SQLException {
        try (Statement statement = replication.connection().createStatement();
                ResultSet result = statement.executeQuery("IDENTIFY_SYSTEM")) {
            result.next();
            return new Timeline(result.getString(1), result.getInt(2));
        }
    }

    /** Where the server left the timelines before; it may keep that no longer than it has to. */
    private Map<Integer, Long> tryReadEnds(PostgresSession replication) throws SQLException {
        if (number == 1) {
            return Map.of();
        }
        try (Statement statement = replication.connection().createStatement();
                ResultSet result = statement.executeQuery("TIMELINE_HISTORY " + number)) {
            result.next();
            return parse(result.getString(2));
        }
    }

    /** Lines of the number of a timeline, where it was left, and why; comments begin with #. */
    static Map<Integer, Long> parse(String history) {
        Map<Integer, Long> ends = new HashMap<>();
        for (String line : history.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 1 && !words[0].startsWith("#")) {
                ends.put(Integer.parseInt(words[0]), Lsn.of(words[1]));
            }
        }
        return ends;
    }

    /** The identity of the server's data. */
    String systemId() {
        return systemId;
    }

    /** Its number. */
    int number() {
        return number;
    }

    /**
     * Requires that this log has everything that was read before.
     *
     * @param replication a replication connection to the server
     * @param read the places behind what was read
     * @throws SlotLost if the server went another way before one of them
     */
    void tryRequire(PostgresSession replication, CapturePlace place, List<LogPoint> read)
            throws SQLException {
        requireSameData(replication, place);
        if (read.stream().allMatch(point -> point.timeline() == number)) {
            return;
        }
        Map<Integer, Long> ends = tryReadEnds(replication);
        for (LogPoint point : read) {
            if (point.timeline() != number) {
                requireAncestor(replication, place, point, ends);
            }
        }
    }

    /**
     * Requires that the server, or one it was copied from, is the one that was read before.
     *
     * @throws SlotLost if it is another one
     */
    void requireSameData(PostgresSession session, CapturePlace place) {
        if (!place.systemId().equals(systemId)) {
            throw SlotLost.of(
                    session,
                    place,
                    "The server holds other data (system identifier "
                            + systemId
                            + " instead of "
                            + place.systemId()
                            + ").");
        }
    }

    private void requireAncestor(
            PostgresSession session, CapturePlace place, LogPoint point, Map<Integer, Long> ends) {
        Long end = ends.get(point.timeline());
        if (end == null) {
            throw SlotLost.of(
                    session,
                    place,
                    "The server writes timeline "
                            + number
                            + ", whose history does not have timeline "
                            + point.timeline()
                            + ", from which this job has read: it is another server than the"
                            + " primary of that time, or one that was put back.");
        }
        if (Long.compareUnsigned(end, point.lsn()) < 0) {
            throw SlotLost.of(
                    session,
                    place,
                    "The server became the primary at "
                            + Lsn.text(end)
                            + " of timeline "
                            + point.timeline()
                            + ", of which this job has read up to "
                            + Lsn.text(point.lsn())
                            + ": it lacks changes that this job has read.");
        }
    }
}
