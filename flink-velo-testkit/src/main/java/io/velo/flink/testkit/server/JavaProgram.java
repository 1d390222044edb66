// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of child JVMs. */
final class JavaProgram {

    private JavaProgram() {}

    /** The {@code java} program that runs this JVM. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jar or folder with the classes of this package, which child JVMs need. */
    private static String ownClasses() {
        try {
            return Path.of(Leash.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All jars of the folder, and the classes of this package. */
    private static String classPath(Path jars) {
        return jars + "/*:" + ownClasses();
    }

    /**
     * A JVM with these options that runs the class with the jars of a folder. What it would leave
     * in the machine's temporary folder when it is killed goes to the given one instead.
     */
    static List<String> running(
            String main, Path jars, Path temporary, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of(java()));
        words.addAll(options);
        words.add("-XX:-UsePerfData");
        words.add("-Djava.io.tmpdir=" + temporary);
        words.addAll(List.of("-cp", classPath(jars), main));
        words.addAll(List.of(arguments));
        return words;
    }
}
