// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Says what takes long, such as fetching a server's packages: one sentence before it begins. Goes
 * to the log at info level unless a listener is set. Thread-safe.
 */
public final class Progress {

    private static volatile Consumer<String> listener =
            sentence -> LoggerFactory.getLogger(Progress.class).info("{}", sentence);

    private Progress() {}

    /** Sends all further sentences to the listener, which may be called by any thread. */
    public static void listen(Consumer<String> newListener) {
        listener = Objects.requireNonNull(newListener);
    }

    static void report(String sentence) {
        listener.accept(sentence);
    }
}
