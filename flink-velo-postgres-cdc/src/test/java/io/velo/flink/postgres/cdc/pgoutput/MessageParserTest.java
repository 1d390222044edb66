// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as the protocol's documentation has them, byte by byte. */
class MessageParserTest {

    private final List<String> seen = new ArrayList<>();
    private final MessageParser parser = new MessageParser();

    private final ChangeHandler handler =
            new ChangeHandler() {
                @Override
                public void begin(long commitLsn, long commitMicros, int xid) {
                    seen.add("begin " + commitLsn + " " + commitMicros + " " + xid);
                }

                @Override
                public void commit(long commitLsn, long endLsn, long commitMicros) {
                    seen.add("commit " + commitLsn + " " + endLsn + " " + commitMicros);
                }

                @Override
                public void relation(Relation relation) {
                    seen.add(relation.toString());
                }

                @Override
                public void insert(int relation, Tuple row) {
                    seen.add("insert " + relation + " " + text(row));
                }

                @Override
                public void update(int relation, Tuple old, boolean oldIsFull, Tuple row) {
                    seen.add("update " + text(old) + " " + oldIsFull + " " + text(row));
                }

                @Override
                public void delete(int relation, Tuple old, boolean oldIsFull) {
                    seen.add("delete " + text(old) + " " + oldIsFull);
                }

                @Override
                public void truncate(int[] relations) {
                    seen.add("truncate " + Arrays.toString(relations));
                }

                @Override
                public void streamStart(int xid) {
                    seen.add("block " + xid);
                }

                @Override
                public void streamStop() {
                    seen.add("end of block");
                }

                @Override
                public void streamCommit(int xid, long commitLsn, long endLsn, long micros) {
                    seen.add("block commit " + xid + " " + commitLsn + " " + endLsn);
                }

                @Override
                public void streamAbort(int xid, int part) {
                    seen.add("abort " + xid + " " + part);
                }
            };

    private static String text(Tuple tuple) {
        if (tuple == null) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tuple.size(); i++) {
            text.append((char) tuple.kind(i));
            if (tuple.kind(i) == Tuple.TEXT) {
                text.append(tuple.text(i));
            }
        }
        return text.toString();
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] message(char kind, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(kind);
        body.write(out);
        return bytes.toByteArray();
    }

    private void parse(byte[] message, boolean inBlock) {
        byte[] behindOthers = new byte[message.length + 7];
        System.arraycopy(message, 0, behindOthers, 7, message.length);
        parser.parse(behindOthers, 7, message.length, inBlock, handler);
    }

    private static void tuple(DataOutputStream out, String... values) throws IOException {
        out.writeShort(values.length);
        for (String value : values) {
            if (value == null) {
                out.writeByte('n');
            } else if (value.equals("unchanged")) {
                out.writeByte('u');
            } else {
                out.writeByte('t');
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    @Test
    void readsATransaction() throws Exception {
        parse(
                message(
                        'B',
                        out -> {
                            out.writeLong(100);
                            out.writeLong(5);
                            out.writeInt(7);
                        }),
                false);
        parse(
                message(
                        'I',
                        out -> {
                            out.writeInt(16);
                            out.writeByte('N');
                            tuple(out, "1", null, "ü");
                        }),
                false);
        parse(
                message(
                        'U',
                        out -> {
                            out.writeInt(16);
                            out.writeByte('K');
                            tuple(out, "1", null, null);
                            out.writeByte('N');
                            tuple(out, "2", null, "unchanged");
                        }),
                false);
        parse(
                message(
                        'U',
                        out -> {
                            out.writeInt(16);
                            out.writeByte('N');
                            tuple(out, "2");
                        }),
                false);
        parse(
                message(
                        'D',
                        out -> {
                            out.writeInt(16);
                            out.writeByte('O');
                            tuple(out, "2", "x");
                        }),
                false);
        parse(
                message(
                        'T',
                        out -> {
                            out.writeInt(2);
                            out.writeByte(1);
                            out.writeInt(16);
                            out.writeInt(17);
                        }),
                false);
        parse(
                message(
                        'C',
                        out -> {
                            out.writeByte(0);
                            out.writeLong(100);
                            out.writeLong(120);
                            out.writeLong(5);
                        }),
                false);
        assertThat(seen)
                .containsExactly(
                        "begin 100 5 7",
                        "insert 16 t1ntü",
                        "update t1nn false t2nu",
                        "update none false t2",
                        "delete t2tx true",
                        "truncate [16, 17]",
                        "commit 100 120 5");
    }

    @Test
    void readsTheDescriptionOfATable() throws Exception {
        parse(
                message(
                        'R',
                        out -> {
                            out.writeInt(16);
                            out.write("s\0t\0".getBytes(StandardCharsets.UTF_8));
                            out.writeByte('d');
                            out.writeShort(1);
                            out.writeByte(1);
                            out.write("id\0".getBytes(StandardCharsets.UTF_8));
                            out.writeInt(23);
                            out.writeInt(-1);
                        }),
                false);
        assertThat(seen)
                .containsExactly(
                        new Relation(
                                        16,
                                        "s",
                                        "t",
                                        'd',
                                        List.of(new Relation.Column("id", 23, -1, true)))
                                .toString());
    }

    @Test
    void readsRowsOfBlocksWithTheirTransactionInFront() throws Exception {
        byte[] row =
                message(
                        'I',
                        out -> {
                            out.writeInt(99);
                            out.writeInt(16);
                            out.writeByte('N');
                            tuple(out, "1");
                        });
        assertThat(MessageParser.blockXid(row, 0)).isEqualTo(99);
        parse(row, true);
        parse(
                message(
                        'A',
                        out -> {
                            out.writeInt(98);
                            out.writeInt(99);
                        }),
                false);
        assertThat(seen).containsExactly("insert 16 t1", "abort 98 99");
    }

    @Test
    void refusesDamagedMessagesAndNothingElseComesOut() throws Exception {
        byte[] good =
                message(
                        'U',
                        out -> {
                            out.writeInt(16);
                            out.writeByte('O');
                            tuple(out, "1", "abc");
                            out.writeByte('N');
                            tuple(out, "2", null);
                        });
        for (int length = 1; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> parse(cut, false)).isInstanceOf(VeloException.class);
        }
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                parse(damaged, random.nextBoolean());
            } catch (VeloException e) {
                assertThat(e).hasMessageContaining("VELO-IO-006");
            }
        }
    }
}
