// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ServiceLoader;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

class NoSecondChanceTest {

    private final NoSecondChance extension = new NoSecondChance();

    @Test
    void aTestThatBrokeAPromiseFailsAgain() {
        ExtensionContext test = test("a test that lost a row");
        BrokenPromise lost = new BrokenPromise("lost=1");
        assertThatThrownBy(
                        () ->
                                extension.handleTestExecutionException(
                                        test, new IllegalStateException(lost)))
                .hasCause(lost);
        assertThatThrownBy(() -> extension.beforeEach(test)).isSameAs(lost);
    }

    @Test
    void anotherFailureAndAnotherTestMayBeTriedAgain() {
        ExtensionContext test = test("a test that was late");
        assertThatThrownBy(
                        () ->
                                extension.handleTestExecutionException(
                                        test, new AssertionError("late")))
                .hasMessage("late");
        assertThatCode(() -> extension.beforeEach(test)).doesNotThrowAnyException();
    }

    @Test
    void everyModuleFindsTheExtension() {
        Assertions.<Extension>assertThat(ServiceLoader.load(Extension.class))
                .hasAtLeastOneElementOfType(NoSecondChance.class);
    }

    private static ExtensionContext test(String id) {
        return (ExtensionContext)
                Proxy.newProxyInstance(
                        NoSecondChanceTest.class.getClassLoader(),
                        new Class<?>[] {ExtensionContext.class},
                        (proxy, method, arguments) -> id);
    }
}
