// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/**
 * Commands that go out together, in groups that succeed or are repeated as a whole. Not
 * thread-safe.
 */
final class CommandBatch {

    private final List<CommandArguments> commands = new ArrayList<>();
    private int[] starts = new int[16];
    private int groups;

    /** Starts the next group; the commands added from now on belong to it. */
    CommandBatch group() {
        if (groups == starts.length) {
            starts = Arrays.copyOf(starts, 2 * groups);
        }
        starts[groups++] = commands.size();
        return this;
    }

    /** Adds a command to the current group. */
    CommandBatch add(CommandArguments command) {
        commands.add(command);
        return this;
    }

    /** A group of one command. */
    CommandBatch single(CommandArguments command) {
        return group().add(command);
    }

    /** How many groups there are. */
    int groups() {
        return groups;
    }

    /** How many commands there are. */
    int size() {
        return commands.size();
    }

    /** The position of the first command of a group. */
    int start(int group) {
        return starts[group];
    }

    /** The position behind the last command of a group. */
    int end(int group) {
        return group + 1 < groups ? starts[group + 1] : commands.size();
    }

    /** A command by its position. */
    CommandArguments command(int position) {
        return commands.get(position);
    }
}
