// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a cluster's JobManager over its REST interface. Thread-safe. */
final class ClusterRest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern TASK_MANAGERS = Pattern.compile("\"taskmanagers\":(\\d+)");
    private static final Pattern REGISTERED = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI root;

    ClusterRest(int port) {
        this.root = URI.create("http://127.0.0.1:" + port + "/");
    }

    URI root() {
        return root;
    }

    /** How many TaskManagers have registered; -1 while the JobManager does not answer. */
    int taskManagers() {
        Matcher matcher = TASK_MANAGERS.matcher(get("overview"));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Whether the TaskManager with this resource id has registered. */
    boolean hasTaskManager(String resourceId) {
        Matcher matcher = REGISTERED.matcher(get("taskmanagers"));
        while (matcher.find()) {
            if (matcher.group(1).equals(resourceId)) {
                return true;
            }
        }
        return false;
    }

    private String get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).GET().build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Waiting for the cluster was interrupted.", e);
        }
    }
}
