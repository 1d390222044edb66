// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a child JVM that must not outlive its parent: runs another class's main, and
 * ends the JVM when standard input ends, which the kernel closes with the parent.
 */
public final class Leash {

    /** As if ended by SIGKILL. */
    private static final int KILLED = 137;

    private Leash() {}

    /** The first argument is the name of the class to run, the others are for its main. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watcher = new Thread(Leash::endWithParent, "leash");
        watcher.setDaemon(true);
        watcher.start();
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) others);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(arguments[0] + " failed.", e.getCause());
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent is alive; what it writes means nothing.
            }
        } catch (IOException ignored) {
            // The same as the end of the input.
        }
        Runtime.getRuntime().halt(KILLED);
    }
}
