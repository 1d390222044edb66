// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.List;
import java.util.Map;

/**
 * What a container of a server is made of: image, the port inside, environment, the words of its
 * command (none: the image's own) and files to put into it, by path.
 */
record ContainerImage(
        String name,
        int port,
        Map<String, String> environment,
        List<String> command,
        Map<String, String> files) {}
