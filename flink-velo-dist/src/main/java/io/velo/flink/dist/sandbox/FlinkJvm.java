// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.JavaProgram;
import java.util.List;

/** A child JVM with what all programs of Flink need of a JVM. */
final class FlinkJvm {

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

    private FlinkJvm() {}

    /** A program of Flink, with nothing on its class path yet. */
    static JavaProgram running(String mainClass, List<String> arguments) {
        JavaProgram program = new JavaProgram(mainClass, arguments);
        OPENED.forEach(name -> program.option("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        EXPORTED.forEach(name -> program.option("--add-exports=" + name + "=ALL-UNNAMED"));
        // Small heaps on few cores: the simple collector starts fastest and takes least.
        return program.option("-XX:+UseSerialGC").property("java.net.preferIPv4Stack", true);
    }
}
