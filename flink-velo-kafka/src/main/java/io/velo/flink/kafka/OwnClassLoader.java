// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.function.Supplier;

/**
 * Runs something under the class loader that has Kafka's classes: Kafka finds login modules and
 * configuration providers by name through the thread's class loader, which in a SQL client may be
 * another one.
 */
final class OwnClassLoader {

    private OwnClassLoader() {}

    static <T> T call(Supplier<T> step) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return step.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
