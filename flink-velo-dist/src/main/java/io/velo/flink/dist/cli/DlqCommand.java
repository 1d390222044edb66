// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code velo dlq}: what to do with dead letters. */
@Command(
        name = "dlq",
        description = "Lists, counts and replays the dead letters that a 'dlq.uri' took.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DlqListCommand.class, DlqCountCommand.class, DlqReplayCommand.class})
final class DlqCommand implements Runnable {

    @Spec private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(
                command.commandLine(), "Say what to do with them: list, count or replay.");
    }
}
