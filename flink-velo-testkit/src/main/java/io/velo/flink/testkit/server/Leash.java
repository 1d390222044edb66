// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a child JVM that must not outlive its parent: runs another class's main, and
 * ends the JVM when the parent is gone, however that ended. Needs no other class of Velo, so that
 * it can be put on a class path alone.
 *
 * <p>A child hangs on one of two things. With {@value #PIPE} its standard input is a pipe, which
 * the kernel closes together with the parent. With a process id that process is watched, for
 * children that need standard input for themselves.
 */
public final class Leash {

    /** The first argument of a child that hangs on its standard input. */
    public static final String PIPE = "pipe";

    /** As if ended by SIGKILL. */
    private static final int KILLED = 137;

    private Leash() {}

    /**
     * Arguments: {@value #PIPE} or the parent's process id, the class to run, its arguments. What
     * the class throws goes up as from its own main.
     */
    public static void main(String[] arguments) throws Throwable {
        hangOn(arguments[0]);
        String[] others = Arrays.copyOfRange(arguments, 2, arguments.length);
        try {
            Class.forName(arguments[1])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) others);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void hangOn(String what) {
        if (what.equals(PIPE)) {
            Thread watcher = new Thread(Leash::endWithInput, "leash");
            watcher.setDaemon(true);
            watcher.start();
        } else {
            ProcessHandle.of(Long.parseLong(what))
                    .ifPresentOrElse(parent -> parent.onExit().thenRun(Leash::end), Leash::end);
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent is alive; what it writes means nothing.
            }
        } catch (IOException ignored) {
            // The same as the end of the input.
        }
        end();
    }

    private static void end() {
        Runtime.getRuntime().halt(KILLED);
    }
}
