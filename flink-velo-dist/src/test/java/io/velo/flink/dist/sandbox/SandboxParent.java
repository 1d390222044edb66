// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.util.stream.Collectors;

/** A program that starts a sandbox, prints its process ids, and waits to be killed. */
public final class SandboxParent {

    private SandboxParent() {}

    public static void main(String[] arguments) throws IOException {
        Sandbox sandbox = Sandbox.start(SandboxOptions.standard());
        System.out.println(
                sandbox.pids().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        if (System.in.read() < 0) {
            sandbox.close();
        }
    }
}
