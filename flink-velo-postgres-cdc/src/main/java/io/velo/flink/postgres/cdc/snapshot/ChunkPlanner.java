// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.cdc.SnapshotSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.RelationKind;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides a table into ranges of about equal size. Ranges cover the whole key space, the first has
 * no low end and the last no high end. Two or three short queries per table, however many ranges
 * there are. Not thread-safe, because the session is not.
 */
public final class ChunkPlanner {

    /** More than this would make the state of the job large; ranges are made larger instead. */
    private static final int MOST = 20_000;

    /** Rows looked at per range, so that ranges differ by a few per cent only. */
    private static final int SAMPLE = 300;

    private final PostgresSession session;
    private final SnapshotSettings settings;
    private final String epoch;

    /**
     * A planner that asks by this session.
     *
     * @param epoch what the names of ranges begin with
     */
    public ChunkPlanner(PostgresSession session, SnapshotSettings settings, String epoch) {
        this.session = session;
        this.settings = settings;
        this.epoch = epoch;
    }

    /**
     * A table on the disk.
     *
     * @param rows about how many rows it has
     * @param bytes how large it is
     * @param counted whether the server has counted the rows before, or they are guessed
     */
    public record Size(double rows, long bytes, boolean counted) {}

    /** What is shown for rows that nobody has counted. */
    public static final long UNKNOWN = -1;

    /** About how many rows a table has, or {@link #UNKNOWN}. */
    public long tryEstimate(SnapshotTable table) throws SQLException {
        Size size = size(table.info().name());
        return size.counted() ? Math.round(size.rows()) : UNKNOWN;
    }

    /** Whether the rows are found by their place instead of their key. */
    public static boolean isByPlace(SnapshotTable table, Splitting.Strategy strategy) {
        return strategy == Splitting.Strategy.CTID || table.info().primaryKey().isEmpty();
    }

    /**
     * The ranges of a table.
     *
     * @param exported the snapshot in which all are read, or empty
     */
    public List<SnapshotSplit> tryPlan(SnapshotTable table, String exported) throws SQLException {
        TableName name = table.info().name();
        List<SnapshotSplit> splits = new ArrayList<>();
        if (isByPlace(table, settings.strategy())) {
            for (TableName relation : leaves(table)) {
                int blocks = blocksPerChunk(size(relation));
                for (Range range : places(relation, blocks)) {
                    splits.add(split(table.info(), relation, true, exported, range, splits.size()));
                }
            }
        } else {
            for (Range range : ranges(table, chunks(size(name)))) {
                splits.add(split(table.info(), name, false, exported, range, splits.size()));
            }
        }
        return splits;
    }

    private SnapshotSplit split(
            TableInfo table,
            TableName relation,
            boolean byPlace,
            String exported,
            Range range,
            int number) {
        String id = epoch + table.name().quoted() + '#' + number;
        return SnapshotSplit.unread(
                id, table.name(), table.oid(), relation, byPlace, exported, range);
    }

    /** How large a table is, its partitions included. */
    public Size size(TableName table) throws SQLException {
        String query =
                "SELECT sum(greatest(c.reltuples, 0)), sum(pg_catalog.pg_relation_size(c.oid)),"
                        + " bool_or(c.reltuples < 0)"
                        // A partitioned table that was analyzed has the rows of its partitions.
                        + " FROM pg_catalog.pg_class c WHERE c.relkind <> 'p' AND (c.oid = "
                        + literal(table)
                        + " OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree("
                        + literal(table)
                        + ")))";
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            long bytes = result.getLong(2);
            // A table that was never analyzed has no count of rows; rows of 100 bytes are usual.
            boolean counted = !result.getBoolean(3);
            return new Size(
                    counted ? result.getDouble(1) : bytes / 100.0, bytes, counted || bytes == 0);
        }
    }

    private static String literal(TableName table) {
        return io.velo.flink.postgres.sql.Quoting.literal(table.quoted()) + "::pg_catalog.regclass";
    }

    private int chunks(Size size) {
        double byBytes = Math.ceil(size.bytes() / (double) settings.chunkBytes());
        double byRows = Math.ceil(size.rows() / settings.chunkRows());
        return (int) Math.max(1, Math.min(MOST, Math.max(byBytes, byRows)));
    }

    private int blocksPerChunk(Size size) throws SQLException {
        long blocks = size.bytes() / Long.parseLong(session.texts("SHOW block_size").get(0)) + 1;
        return (int) Math.max(1, Math.ceil(blocks / (double) chunks(size)));
    }

    private List<TableName> leaves(SnapshotTable table) throws SQLException {
        if (table.info().kind() != RelationKind.PARTITIONED_TABLE) {
            return List.of(table.info().name());
        }
        String query =
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_partition_tree("
                        + literal(table.info().name())
                        + ") p JOIN pg_catalog.pg_class c ON c.oid = p.relid"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE p.isleaf ORDER BY 1, 2";
        List<TableName> names = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                names.add(TableName.of(result.getString(1), result.getString(2)));
            }
        }
        return names;
    }

    private List<Range> places(TableName relation, int blocksPerRange) throws SQLException {
        String query =
                "SELECT (pg_catalog.pg_relation_size("
                        + literal(relation)
                        + ") / pg_catalog.current_setting('block_size')::int8)::text";
        long blocks = Long.parseLong(session.texts(query).get(0));
        List<Point> ends = new ArrayList<>();
        for (long block = blocksPerRange; block < blocks; block += blocksPerRange) {
            ends.add(new Point(List.of("(" + block + ",0)")));
        }
        return between(ends);
    }

    private List<Range> ranges(SnapshotTable table, int chunks) throws SQLException {
        // A key that the server must sort for each range is read in one go.
        if (chunks == 1
                || settings.strategy() == Splitting.Strategy.NONE
                || !table.key().isNative()) {
            return List.of(Range.ALL);
        }
        Size size = size(table.info().name());
        double share = Math.min(100, 100.0 * SAMPLE * chunks / Math.max(1, size.rows()));
        List<Point> ends = sampled(table, chunks, share);
        return between(ends.isEmpty() && share < 100 ? sampled(table, chunks, 100) : ends);
    }

    /** The greatest key of each group of a sample but the last. */
    private List<Point> sampled(SnapshotTable table, int chunks, double share) throws SQLException {
        String order = String.join(", ", table.key().expressions("t"));
        String down = String.join(" DESC, ", table.key().expressions("t")) + " DESC";
        String query =
                "SELECT DISTINCT ON (t.velo_group) "
                        + table.key().texts("t")
                        + " FROM (SELECT t.*, ntile("
                        + chunks
                        + ") OVER (ORDER BY "
                        + order
                        + ") AS velo_group FROM (SELECT "
                        + String.join(
                                ", ",
                                table.key().columns().stream()
                                        .map(column -> "t." + column.name().quoted())
                                        .toList())
                        + " FROM "
                        + table.from(table.info().name())
                        + " AS t"
                        + (share < 100 ? " TABLESAMPLE SYSTEM (" + share + ")" : "")
                        + ") AS t) AS t WHERE t.velo_group < "
                        + chunks
                        + " ORDER BY t.velo_group, "
                        + down;
        List<Point> points = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= table.key().columns().size(); i++) {
                    values.add(result.getString(i));
                }
                points.add(new Point(values));
            }
        }
        return points;
    }

    private static List<Range> between(List<Point> ends) {
        List<Range> ranges = new ArrayList<>();
        Optional<Point> after = Optional.empty();
        for (Point end : ends) {
            ranges.add(new Range(after, Optional.of(end)));
            after = Optional.of(end);
        }
        ranges.add(new Range(after, Optional.empty()));
        return ranges;
    }
}
