// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code velo} command line: real servers, a real Flink cluster and the connectors on this
 * machine, by one command each.
 *
 * <p>Exit codes: 0 if all went well, 1 if something failed, 2 if the command line is wrong. Errors
 * are sentences on standard error.
 */
@Command(
        name = "velo",
        description = "Runs Flink SQL over URIs, with real servers and a real cluster.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VeloVersion.class,
        subcommands = {
            DemoCommand.class,
            ServersCommand.class,
            SqlCommand.class,
            CheckCommand.class,
            SchemesCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            DlqCommand.class,
            DocsCommand.class
        })
public final class Velo {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says what a command does.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the versions of Velo and Flink.")
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Prints the stack trace of an error.")
    private boolean verbose;

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Velo velo = new Velo();
        CommandLine line = new CommandLine(velo);
        line.setExecutionExceptionHandler(
                (failure, failed, parsed) -> {
                    new Failure(failure).print(failed.getErr(), velo.verbose);
                    return 1;
                });
        line.setParameterExceptionHandler(Velo::refuse);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int refuse(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println("velo: " + mistake.getMessage());
        line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }
}
