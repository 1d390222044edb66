// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.source.ScanPlanner;
import io.velo.flink.postgres.connect.PatientSession;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SnapshotHolder;
import io.velo.flink.postgres.meta.RelationReader;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableSize;
import io.velo.flink.postgres.scan.Splitting.Consistency;
import io.velo.flink.postgres.scan.Splitting.Strategy;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Cuts a table into splits: as many as the readers can use, none larger than a chunk and none so
 * small that its connection costs more than its rows. Where splits share a moment, it holds the
 * connection that exported the moment until the scan has ended. Used by one thread at a time.
 */
final class SplitPlanner implements ScanPlanner<ScanSplit> {

    /** A connection costs as much as the reading of about a megabyte. */
    private static final long SMALLEST_BYTES = 16L << 20;

    /** More than one split per reader, so that the last ones end at about the same time. */
    private static final int SPLITS_PER_READER = 3;

    private final TableScan scan;
    private final int readers;
    private SnapshotHolder holder;

    SplitPlanner(TableScan scan, int readers) {
        this.scan = scan;
        this.readers = readers;
    }

    @Override
    public List<ScanSplit> plan() throws InterruptedException {
        try {
            return PatientSession.ask(
                    scan.settings(), SessionPurpose.SCAN, scan.backoff(), scan.work(), this::plan);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
    }

    private List<ScanSplit> plan(PostgresSession session) throws SQLException {
        List<ScanSplit> splits = cut(session);
        boolean oneMoment =
                splits.size() > 1
                        && (scan.splitting().consistency() == Consistency.SNAPSHOT
                                || splits.get(0).blocks().isPresent());
        if (!oneMoment) {
            return splits;
        }
        Snapshot snapshot = hold();
        return splits.stream().map(split -> split.at(snapshot)).toList();
    }

    private synchronized Snapshot hold() throws SQLException {
        close();
        List<TableName> unmoved =
                scan.order() == ReadOrder.ANY
                        ? scan.relation().table().stream().toList()
                        : List.of();
        holder = SnapshotHolder.tryOpen(scan.settings(), unmoved);
        return new Snapshot(holder.exported(), holder.host());
    }

    private List<ScanSplit> cut(PostgresSession session) throws SQLException {
        TableName table = scan.relation().table().orElse(null);
        ScanSplit whole = ScanSplit.unread(scan.relation().toString(), KeyRange.ALL);
        boolean limited = scan.query().rowLimit() != ScanQuery.ALL_ROWS;
        if (table == null || limited || scan.splitting().strategy() == Strategy.NONE) {
            return List.of(whole);
        }
        TableInfo info = RelationReader.tryRead(session, scan.relation());
        TableSize size = TableSize.of(session, table);
        int count = count(size.bytes());
        if (count == 1) {
            return List.of(whole);
        }
        boolean byKey =
                scan.splitting().strategy() == Strategy.KEY
                        || scan.order() == ReadOrder.BY_KEY && !info.primaryKey().isEmpty();
        if (byKey) {
            return byKey(info, new KeyBounds(session, info, size).of(count));
        }
        return size.readableByBlocks() ? byBlocks(whole, size.blocks(), count) : List.of(whole);
    }

    private int count(long bytes) {
        long most = Math.max(1, scan.splitting().chunkBytes());
        long least = Math.min(SMALLEST_BYTES, most);
        long wanted = Math.min((long) readers * SPLITS_PER_READER, (bytes + least - 1) / least);
        long needed = (bytes + most - 1) / most;
        boolean single = readers == 1 && scan.splitting().chunkBytes() >= SMALLEST_BYTES;
        return (int) Math.max(1, Math.max(single ? 1 : wanted, needed));
    }

    private static List<ScanSplit> byBlocks(ScanSplit whole, long blocks, int wanted) {
        long count = Math.max(1, Math.min(wanted, blocks));
        List<ScanSplit> splits = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            // The table may grow: the last range is open.
            OptionalLong to =
                    i == count - 1
                            ? OptionalLong.empty()
                            : OptionalLong.of(blocks * (i + 1) / count);
            BlockRange range = new BlockRange(blocks * i / count, to);
            ScanSplit named = ScanSplit.unread(whole.splitId() + " part " + i, KeyRange.ALL);
            splits.add(named.of(range));
        }
        return splits;
    }

    private List<ScanSplit> byKey(TableInfo info, List<String> bounds) {
        List<ScanSplit> splits = new ArrayList<>();
        Optional<KeyPoint> after = Optional.empty();
        for (int i = 0; i <= bounds.size(); i++) {
            Optional<KeyPoint> upTo =
                    i == bounds.size()
                            ? Optional.empty()
                            : Optional.of(
                                    new KeyPoint(
                                            List.of(info.primaryKey().get(0).name()),
                                            List.of(bounds.get(i))));
            splits.add(
                    ScanSplit.unread(scan.relation() + " part " + i, KeyRange.unread(after, upTo)));
            after = upTo;
        }
        return splits;
    }

    @Override
    public synchronized void close() {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }
}
