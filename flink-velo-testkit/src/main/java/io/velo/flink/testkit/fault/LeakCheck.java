// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test which leaves threads, sockets, files or direct buffers
 * behind: {@code @ExtendWith(LeakCheck.class)}. It looks before the test's own {@code @BeforeEach}
 * and after its {@code @AfterEach} methods; what is opened once for all tests must be open before.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LeakCheck.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(LeakDetector.class, LeakDetector.watch());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LeakDetector detector =
                context.getStore(NAMESPACE).remove(LeakDetector.class, LeakDetector.class);
        if (context.getExecutionException().isEmpty()) {
            detector.close();
        }
    }
}
