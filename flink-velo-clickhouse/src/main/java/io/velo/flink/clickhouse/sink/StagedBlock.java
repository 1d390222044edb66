// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

/**
 * A sealed block that waits for its checkpoint. Immutable by convention.
 *
 * @param token what the server knows the block by, different for each block ever sealed
 * @param statement the INSERT that stores it
 * @param rows its rows
 * @param rawBytes its bytes before compression
 * @param checksum CRC-32C of its bytes
 * @param sealedAt when it was sealed, in milliseconds since 1970
 * @param run the checkpoint from which the job that sealed it had started, or -1 for none
 * @param tableBlocks the number of blocks that the table had been given before, or -1 if unknown
 * @param compression how its bytes are packed
 * @param payload its bytes as they are sent, or empty if a file has them
 * @param file the file, or empty
 * @param shard the tables of the shard that it is for, as {@link Placement#identities} names them,
 *     or empty if the table has no shards
 * @param format the format of state that it was first written in. Blocks of format 1 do not know
 *     how many blocks a replicated table had, but the highest number of one in any partition
 */
record StagedBlock(
        String token,
        String statement,
        int rows,
        long rawBytes,
        int checksum,
        long sealedAt,
        long run,
        long tableBlocks,
        String compression,
        byte[] payload,
        String file,
        String shard,
        int format) {

    /** The format of blocks that are sealed now. */
    static final int FORMAT = 3;

    /** Whether its number of blocks is that of a replicated table, too. */
    boolean countsPartitions() {
        return format > 1;
    }

    /** The same block with the number of blocks that the table has been given. */
    StagedBlock after(long blocks) {
        return new StagedBlock(
                token,
                statement,
                rows,
                rawBytes,
                checksum,
                sealedAt,
                run,
                blocks,
                compression,
                payload,
                file,
                shard,
                format);
    }
}
