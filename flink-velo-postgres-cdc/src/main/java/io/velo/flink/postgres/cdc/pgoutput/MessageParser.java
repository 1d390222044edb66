// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.pgoutput;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the messages of the output plugin pgoutput, protocol versions 1 to 4 without two-phase
 * commit. Makes no object per row. Not thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html.
 */
public final class MessageParser {

    private static final int MAX_COLUMNS = 1664;

    private final Tuple old = new Tuple();
    private final Tuple row = new Tuple();

    /**
     * Reads one message.
     *
     * @param inBlock whether it stands in a block of a running transaction: then a transaction
     *     number stands behind its kind, which the caller has taken with {@link #blockXid}
     * @throws VeloException {@code VELO-IO-006} if it is not a message of the protocol
     */
    public void parse(byte[] bytes, int offset, int length, boolean inBlock, ChangeHandler to) {
        ByteBuffer message = ByteBuffer.wrap(bytes, offset, length);
        try {
            byte kind = message.get();
            if (inBlock && isInsideBlock(kind)) {
                message.getInt();
            }
            dispatch(kind, message, to);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw damaged("a message ends too early");
        }
    }

    private static boolean isInsideBlock(byte kind) {
        return switch (kind) {
            case 'I', 'U', 'D', 'T', 'R', 'Y', 'M' -> true;
            default -> false;
        };
    }

    /** The transaction or part of one to which a message of a block belongs. */
    public static int blockXid(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset + 1);
    }

    private void dispatch(byte kind, ByteBuffer message, ChangeHandler to) {
        switch (kind) {
            case 'B' -> to.begin(message.getLong(), message.getLong(), message.getInt());
            case 'C' -> {
                message.get();
                to.commit(message.getLong(), message.getLong(), message.getLong());
            }
            case 'R' -> to.relation(relation(message));
            case 'I' -> {
                int relation = message.getInt();
                expect(message, 'N');
                tuple(message, row);
                to.insert(relation, row);
            }
            case 'U' -> update(message, to);
            case 'D' -> delete(message, to);
            case 'T' -> truncate(message, to);
            case 'S' -> {
                int xid = message.getInt();
                message.get();
                to.streamStart(xid);
            }
            case 'E' -> to.streamStop();
            case 'c' -> {
                int xid = message.getInt();
                message.get();
                to.streamCommit(xid, message.getLong(), message.getLong(), message.getLong());
            }
            case 'A' -> to.streamAbort(message.getInt(), message.getInt());
            case 'O', 'Y', 'M' -> {
                // Origins, names of types and free messages say nothing about rows.
            }
            default -> throw damaged("there is no message of kind " + kind);
        }
    }

    private void update(ByteBuffer message, ChangeHandler to) {
        int relation = message.getInt();
        byte kind = message.get();
        boolean hasOld = kind == 'K' || kind == 'O';
        if (hasOld) {
            tuple(message, old);
            expect(message, 'N');
        } else if (kind != 'N') {
            throw damaged("an update has a tuple of kind " + kind);
        }
        tuple(message, row);
        to.update(relation, hasOld ? old : null, kind == 'O', row);
    }

    private void delete(ByteBuffer message, ChangeHandler to) {
        int relation = message.getInt();
        byte kind = message.get();
        if (kind != 'K' && kind != 'O') {
            throw damaged("a delete has a tuple of kind " + kind);
        }
        tuple(message, old);
        to.delete(relation, old, kind == 'O');
    }

    private static void truncate(ByteBuffer message, ChangeHandler to) {
        int size = message.getInt();
        message.get();
        if (size < 0 || size > message.remaining() / 4) {
            throw damaged("a truncate names " + size + " tables");
        }
        int[] relations = new int[size];
        for (int i = 0; i < size; i++) {
            relations[i] = message.getInt();
        }
        to.truncate(relations);
    }

    private static void expect(ByteBuffer message, char kind) {
        byte found = message.get();
        if (found != kind) {
            throw damaged("a tuple of kind " + found + " stands where " + kind + " belongs");
        }
    }

    private static void tuple(ByteBuffer message, Tuple to) {
        int columns = message.getShort();
        if (columns < 0 || columns > MAX_COLUMNS) {
            throw damaged("a tuple has " + columns + " columns");
        }
        to.reset(message.array(), columns);
        for (int i = 0; i < columns; i++) {
            byte kind = message.get();
            switch (kind) {
                case Tuple.NULL, Tuple.UNCHANGED -> to.set(i, kind, 0, 0);
                case Tuple.TEXT, Tuple.BINARY -> {
                    int length = message.getInt();
                    if (length < 0 || length > message.remaining()) {
                        throw damaged("a value has " + length + " bytes");
                    }
                    to.set(i, kind, message.arrayOffset() + message.position(), length);
                    message.position(message.position() + length);
                }
                default -> throw damaged("a value has kind " + kind);
            }
        }
    }

    private static Relation relation(ByteBuffer message) {
        int oid = message.getInt();
        String schema = text(message);
        String table = text(message);
        char identity = (char) message.get();
        int columns = message.getShort();
        if (columns < 0 || columns > MAX_COLUMNS) {
            throw damaged("a table has " + columns + " columns");
        }
        List<Relation.Column> list = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            boolean key = (message.get() & 1) != 0;
            list.add(new Relation.Column(text(message), message.getInt(), message.getInt(), key));
        }
        // The server leaves out the name of its own schema of built-in tables.
        return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, table, identity, list);
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // Up to the end mark.
        }
        return new String(
                message.array(),
                message.arrayOffset() + start,
                message.position() - start - 1,
                StandardCharsets.UTF_8);
    }

    private static VeloException damaged(String fault) {
        return Problem.of(
                        ErrorCode.IO_PROTOCOL,
                        "The change stream of PostgreSQL is damaged: " + fault + ".")
                .remedy("Check what is between Velo and the server, such as a proxy, and retry.")
                .toException();
    }
}
