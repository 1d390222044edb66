// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes {@link StagedBlock}s into checkpoints. Stateless, therefore thread-safe. */
final class StagedBlockSerializer implements SimpleVersionedSerializer<StagedBlock> {

    private static final int FIXED_BYTES = 256;

    @Override
    public int getVersion() {
        return StagedBlock.FORMAT;
    }

    @Override
    public byte[] serialize(StagedBlock block) throws IOException {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(
                        FIXED_BYTES + block.statement().length() + block.payload().length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeText(out, block.token());
            writeText(out, block.statement());
            out.writeInt(block.rows());
            out.writeLong(block.rawBytes());
            out.writeInt(block.checksum());
            out.writeLong(block.sealedAt());
            out.writeLong(block.run());
            out.writeLong(block.tableBlocks());
            writeText(out, block.compression());
            out.writeInt(block.payload().length);
            out.write(block.payload());
            writeText(out, block.file());
            out.writeInt(block.format());
            writeText(out, block.shard());
        }
        return bytes.toByteArray();
    }

    @Override
    public StagedBlock deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > StagedBlock.FORMAT) {
            throw new IOException(
                    "The state holds blocks of format "
                            + version
                            + ", which this version of Velo does not know.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            String token = readText(in);
            String statement = readText(in);
            int rows = in.readInt();
            long rawBytes = in.readLong();
            int checksum = in.readInt();
            long sealedAt = in.readLong();
            long run = in.readLong();
            long tableBlocks = in.readLong();
            String compression = readText(in);
            byte[] payload = readBytes(in);
            String file = readText(in);
            int format = version == 1 ? 1 : in.readInt();
            String shard = version < 3 ? "" : readText(in);
            return new StagedBlock(
                    token,
                    statement,
                    rows,
                    rawBytes,
                    checksum,
                    sealedAt,
                    run,
                    tableBlocks,
                    compression,
                    payload,
                    file,
                    shard,
                    format);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("The state of a block is cut short.");
        }
        return in.readNBytes(length);
    }
}
