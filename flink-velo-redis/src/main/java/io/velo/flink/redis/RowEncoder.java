// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;
import redis.clients.jedis.CommandArguments;

/** Turns rows into the commands that store them. All commands are repeatable. Thread-safe. */
interface RowEncoder extends Serializable {

    /** The commands that write a row; what else the key holds stays, if its type allows that. */
    CommandArguments[] write(byte[] key, RowData row);

    /** The commands that write a row in the place of whatever the key holds, in one step. */
    CommandArguments[] replace(byte[] key, RowData row);
}
