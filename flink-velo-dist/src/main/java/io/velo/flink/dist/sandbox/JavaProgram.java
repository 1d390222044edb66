// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts together the command line of one child JVM. Not thread-safe. */
final class JavaProgram {

    /** The inner packages of the JDK that Flink's own start scripts open or export. */
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "sun.nio.ch",
                    "java.lang.reflect",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks");

    private static final List<String> EXPORTED =
            List.of(
                    "java.base/sun.net.util",
                    "java.rmi/sun.rmi.registry",
                    "java.security.jgss/sun.security.krb5");

    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final String mainClass;
    private final List<String> arguments;

    JavaProgram(String mainClass, List<String> arguments) {
        this.mainClass = mainClass;
        this.arguments = arguments;
        OPENED.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        EXPORTED.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
        // Small heaps on few cores: the simple collector starts fastest and takes least.
        options.add("-XX:+UseSerialGC");
        options.add("-Djava.net.preferIPv4Stack=true");
    }

    JavaProgram option(String option) {
        options.add(option);
        return this;
    }

    JavaProgram property(String key, Object value) {
        return option("-D" + key + "=" + value);
    }

    /** Adds a folder of classes. */
    JavaProgram classes(Path folder) {
        classPath.add(folder.toString());
        return this;
    }

    /** Adds a jar, or all jars of a folder. */
    JavaProgram jars(Path jarOrFolder) {
        boolean jar = jarOrFolder.toString().endsWith(".jar");
        classPath.add(jar ? jarOrFolder.toString() : jarOrFolder.resolve("*").toString());
        return this;
    }

    /** The words of the command line; the child hangs on the given leash, see {@link Leash}. */
    List<String> words(String leash) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add("-cp");
        words.add(String.join(File.pathSeparator, classPath));
        words.add(Leash.class.getName());
        words.add(leash);
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}
