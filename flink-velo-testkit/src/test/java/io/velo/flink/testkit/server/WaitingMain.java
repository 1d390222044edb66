// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.concurrent.CountDownLatch;

/** Prints its argument and never ends by itself. */
public final class WaitingMain {

    private WaitingMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(arguments[0]);
        new CountDownLatch(1).await();
    }
}
