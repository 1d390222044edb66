// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.capture.WrittenKinds.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes random transactions into a random table until it is told to end, from several sessions at
 * once: single rows and thousands of them, changed keys, deletes, statements that are taken back,
 * transactions that abort or stay open, emptied tables, added and dropped columns. A server that
 * goes down is waited for; what its end did to a transaction is nobody's business here.
 */
final class RandomWriter implements AutoCloseable {

    /** The keys that are written are numbered from 0 to this. */
    static final int KEYS = 1_500;

    /** No writer ever writes this key: it marks the end. */
    static final int MARKER = 1_000_000;

    private static final int WRITERS = 3;
    private static final int BIG = 3_000;
    private static final Duration RETRY = Duration.ofMillis(50);

    private final CaptureDatabase database;
    private final CapturedTable table;
    private final WrittenKinds written = new WrittenKinds();
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean ending;
    private volatile SQLException failure;

    private RandomWriter(CaptureDatabase database) {
        this.database = database;
        this.table = database.table();
    }

    static RandomWriter start(CaptureDatabase database, long seed) {
        RandomWriter writer = new RandomWriter(database);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < WRITERS; i++) {
            SplittableRandom own = random.split();
            boolean definesColumns = i == 0;
            Thread thread =
                    new Thread(() -> writer.write(own, definesColumns), "velo-random-writer-" + i);
            thread.setDaemon(true);
            writer.threads.add(thread);
            thread.start();
        }
        return writer;
    }

    /** What was committed so far. */
    WrittenKinds written() {
        return written;
    }

    /** Ends the writing behind the transactions that run. */
    void end() throws InterruptedException, SQLException {
        close();
        if (failure != null) {
            throw failure;
        }
    }

    private void write(SplittableRandom random, boolean definesColumns) {
        while (!ending) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SET lock_timeout = '2s'");
                connection.commit();
                while (!ending) {
                    transact(connection, statement, random, definesColumns);
                }
            } catch (SQLException e) {
                if (!isServerDown(e)) {
                    failure = e;
                    return;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private static boolean isServerDown(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private void transact(
            Connection connection,
            Statement statement,
            SplittableRandom random,
            boolean definesColumns)
            throws SQLException {
        WrittenKinds.Pending pending = new WrittenKinds.Pending();
        try {
            int kind = random.nextInt(1_000);
            if (kind < 3) {
                // Rows that others commit between the two would go without a DELETE in the log.
                statement.execute("LOCK TABLE " + CapturedTable.NAME);
                statement.execute("DELETE FROM " + CapturedTable.NAME);
                statement.execute("TRUNCATE " + CapturedTable.NAME);
                pending.add(Kind.TRUNCATE, 1);
            } else if (kind < 8) {
                manyRows(statement, random);
                pending.add(Kind.LARGE, 1);
            } else if (definesColumns && kind < 30) {
                defineColumns(statement, random);
                pending.add(Kind.DEFINITION, 1);
            } else {
                someRows(statement, random, pending);
            }
            // Now and then long, so that others commit before a transaction that began before them.
            int pause = random.nextInt(12) == 0 ? 300 : 10;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(pause)));
            if (random.nextInt(15) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                written.add(pending);
            }
        } catch (SQLException e) {
            if (!isExpected(e)) {
                throw e;
            }
            connection.rollback();
        }
    }

    /** A key that is taken, a deadlock, a lock that is not had in time: the transaction aborts. */
    private static boolean isExpected(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return List.of("23505", "40P01", "55P03", "40001").contains(state);
    }

    private void someRows(
            Statement statement, SplittableRandom random, WrittenKinds.Pending pending)
            throws SQLException {
        int statements = random.nextInt(1, 8);
        for (int i = 0; i < statements; i++) {
            int key = random.nextInt(KEYS);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    List<String> rows = new ArrayList<>();
                    int count = random.nextInt(1, 6);
                    for (int n = 0; n < count; n++) {
                        rows.add(table.row(key + n * KEYS, random));
                    }
                    pending.add(Kind.UPSERT, statement.executeUpdate(table.upsert(rows)));
                }
                case 3, 4, 5, 6 ->
                        pending.add(
                                Kind.UPDATE, statement.executeUpdate(table.update(key, random)));
                case 7 ->
                        pending.add(
                                Kind.KEY_CHANGE,
                                statement.executeUpdate(
                                        table.updateKey(key, random.nextInt(KEYS), random)));
                case 8 -> pending.add(Kind.DELETE, statement.executeUpdate(delete(key)));
                default -> takenBack(statement, key, random);
            }
        }
    }

    private String delete(int key) {
        return "DELETE FROM " + CapturedTable.NAME + " WHERE " + table.whereKey(key);
    }

    private void takenBack(Statement statement, int key, SplittableRandom random)
            throws SQLException {
        statement.execute("SAVEPOINT s");
        statement.execute(table.upsert(List.of(table.row(key, random))));
        statement.execute(delete(random.nextInt(KEYS)));
        statement.execute(random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s");
    }

    private void manyRows(Statement statement, SplittableRandom random) throws SQLException {
        List<String> rows = new ArrayList<>();
        int first = random.nextInt(KEYS);
        for (int i = 0; i < BIG; i++) {
            rows.add(table.row((first + i) % (2 * KEYS), random));
            if (rows.size() == 250) {
                statement.execute(table.upsert(rows));
                rows.clear();
            }
        }
    }

    private static void defineColumns(Statement statement, SplittableRandom random)
            throws SQLException {
        String column = "extra_" + random.nextInt(3);
        statement.execute(
                random.nextBoolean()
                        ? "ALTER TABLE "
                                + CapturedTable.NAME
                                + " ADD COLUMN IF NOT EXISTS "
                                + column
                                + " int DEFAULT 7"
                        : "ALTER TABLE " + CapturedTable.NAME + " DROP COLUMN IF EXISTS " + column);
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
