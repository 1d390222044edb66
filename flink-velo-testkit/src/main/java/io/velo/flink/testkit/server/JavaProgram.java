// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts together the command line of one child JVM: the {@code java} that runs this JVM, options, a
 * class path, a main class and its arguments. Not thread-safe.
 */
public final class JavaProgram {

    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final String mainClass;
    private final List<String> arguments;

    /** A program without options and with nothing on its class path yet. */
    public JavaProgram(String mainClass, List<String> arguments) {
        this.mainClass = mainClass;
        this.arguments = List.copyOf(arguments);
    }

    /** Adds an option of the JVM, such as {@code -Xmx512m}, behind those given before. */
    public JavaProgram option(String option) {
        options.add(option);
        return this;
    }

    /** Adds a system property; of several with the same key the last one counts. */
    public JavaProgram property(String key, Object value) {
        return option("-D" + key + "=" + value);
    }

    /** Adds a folder of classes to the class path, behind what is there. */
    public JavaProgram classes(Path folder) {
        classPath.add(folder.toString());
        return this;
    }

    /** Adds a jar, or all jars of a folder, to the class path, behind what is there. */
    public JavaProgram jars(Path jarOrFolder) {
        boolean jar = jarOrFolder.toString().endsWith(".jar");
        classPath.add(jar ? jarOrFolder.toString() : jarOrFolder.resolve("*").toString());
        return this;
    }

    /** Adds the jar or folder that the class is from, with all that is in it besides. */
    public JavaProgram allBeside(Class<?> type) {
        try {
            return classes(
                    Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The words of the command line of the program by itself. */
    public List<String> words() {
        return words(List.of());
    }

    /**
     * The words of the command line of the program on a leash, see {@link Leash}, whose class must
     * be on the class path.
     *
     * @param leash {@link Leash#PIPE}, or the id of the process that the program ends with
     */
    public List<String> words(String leash) {
        return words(List.of(Leash.class.getName(), leash));
    }

    private List<String> words(List<String> launcher) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add("-cp");
        words.add(String.join(File.pathSeparator, classPath));
        words.addAll(launcher);
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}
