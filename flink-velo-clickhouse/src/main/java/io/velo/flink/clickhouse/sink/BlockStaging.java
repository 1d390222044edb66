// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.SealedBlock;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Keeps sealed blocks until they are inserted: within the committable or in a file beside an empty
 * one that says, once the block is inserted, that it was. Immutable, therefore thread-safe.
 */
final class BlockStaging {

    private static final byte[] NONE = {};
    private static final String DONE = ".done";

    private final StagingPlan plan;

    BlockStaging(StagingPlan plan) {
        this.plan = plan;
    }

    /** CRC-32C of a block's bytes. */
    static int checksum(SealedBlock block) {
        CRC32C crc = new CRC32C();
        block.pieces().forEach(crc::update);
        return (int) crc.getValue();
    }

    /** The block as it goes into the checkpoint; its file, if it has one, is complete. */
    StagedBlock stage(
            SealedBlock block,
            String token,
            String statement,
            String shard,
            long run,
            Compression compression)
            throws IOException {
        int checksum = checksum(block);
        String file = "";
        byte[] payload = NONE;
        if (plan.folder().isEmpty()) {
            payload = block.toBytes();
        } else {
            file = plan.folder() + "/" + token.replace(':', '-') + ".block";
            write(new Path(file), block);
        }
        return new StagedBlock(
                token,
                statement,
                block.rows(),
                block.rawBytes(),
                checksum,
                System.currentTimeMillis(),
                run,
                -1,
                compression.name(),
                payload,
                file,
                shard,
                StagedBlock.FORMAT);
    }

    private static void write(Path path, SealedBlock block) throws IOException {
        FileSystem files = path.getFileSystem();
        files.mkdirs(path.getParent());
        try (FSDataOutputStream out = files.create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
            for (ByteBuffer piece : block.pieces()) {
                out.write(piece.array(), piece.arrayOffset(), piece.remaining());
            }
            out.sync();
        }
    }

    /** What is sent. */
    SealedBlock load(StagedBlock staged) throws IOException {
        byte[] bytes = staged.payload();
        if (!staged.file().isEmpty()) {
            Path path = new Path(staged.file());
            try (FSDataInputStream in = path.getFileSystem().open(path)) {
                bytes = in.readAllBytes();
            }
        }
        SealedBlock block = SealedBlock.of(bytes, staged.rows(), staged.rawBytes());
        if (checksum(block) != staged.checksum()) {
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "Block " + staged.token() + " was damaged while it was staged.")
                    .at(staged.file())
                    .remedy("Restore its file, or start from an older checkpoint.")
                    .toException();
        }
        return block;
    }

    /** Whether its file says that it was inserted. */
    boolean isDone(StagedBlock staged) throws IOException {
        if (staged.file().isEmpty()) {
            return false;
        }
        Path done = new Path(staged.file() + DONE);
        return done.getFileSystem().exists(done);
    }

    /** Whether its bytes are gone, as those of a block that was inserted long ago are. */
    boolean isGone(StagedBlock staged) throws IOException {
        if (staged.file().isEmpty()) {
            return false;
        }
        Path path = new Path(staged.file());
        return !path.getFileSystem().exists(path);
    }

    /** Takes note that the block is inserted and lets its bytes go. */
    void done(StagedBlock staged) throws IOException {
        if (staged.file().isEmpty()) {
            return;
        }
        Path path = new Path(staged.file());
        FileSystem files = path.getFileSystem();
        files.create(new Path(staged.file() + DONE), FileSystem.WriteMode.OVERWRITE).close();
        files.delete(path, false);
    }

    /** Forgets a block that no checkpoint names any more. */
    void forget(StagedBlock staged) throws IOException {
        if (!staged.file().isEmpty()) {
            Path done = new Path(staged.file() + DONE);
            done.getFileSystem().delete(done, false);
        }
    }
}
