// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Keeps a test failed that found a {@link BrokenPromise}. The build runs an integration test that
 * failed a second time, for a machine may be too busy for it once; a row that was lost once is
 * lost. JUnit finds this extension by itself in every module. Thread-safe.
 */
public final class NoSecondChance implements BeforeEachCallback, TestExecutionExceptionHandler {

    /** By the test's id, which is the same in both runs of one JVM. */
    private static final Map<String, BrokenPromise> BROKEN = new ConcurrentHashMap<>();

    /**
     * @throws BrokenPromise what the test found when it ran before
     */
    @Override
    public void beforeEach(ExtensionContext test) {
        BrokenPromise before = BROKEN.get(test.getUniqueId());
        if (before != null) {
            throw before;
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure)
            throws Throwable {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokenPromise broken) {
                BROKEN.put(test.getUniqueId(), broken);
            }
        }
        throw failure;
    }
}
